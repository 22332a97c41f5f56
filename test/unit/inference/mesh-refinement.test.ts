import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { IRIS_DEPTH_POINTS, REFINED_POINTS } from "../../../src/inference/mesh-refinement.ts";
import { ROOT } from "../../support/source-modules.ts";

// The graph with MediaPipe's own lists is compiled into the package's runtime as a protocol buffer.
const runtime = readFileSync(
  path.join(ROOT, "node_modules/@mediapipe/face_mesh/face_mesh_solution_wasm_bin.wasm"),
);

/** A repeated integer field as it stands in a message: tag, value, tag, value ... */
function fieldBytes(field: number, values: readonly number[]): Buffer {
  return Buffer.from(
    values.flatMap((value) => [
      field << 3,
      ...(value < 128 ? [value] : [(value & 127) | 128, value >> 7]),
    ]),
  );
}

for (const [name, points] of Object.entries(REFINED_POINTS)) {
  test(`${name} replaces the points that MediaPipe's own graph lists`, () => {
    assert.ok(runtime.includes(fieldBytes(1, points)));
    assert.equal(new Set(points).size, points.length);
  });
}

test("irises take their depth from the points that MediaPipe's own graph lists", () => {
  for (const { lids } of IRIS_DEPTH_POINTS) assert.ok(runtime.includes(fieldBytes(1, lids)));
});
