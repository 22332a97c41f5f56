import assert from "node:assert/strict";
import test from "node:test";
import { parseCanonicalGeometry } from "../../../src/models/canonical-geometry.ts";
import { ProtobufWriter } from "../../../src/models/onnx/protobuf-writer.ts";
import { modelSource } from "../../support/model-sources.ts";

const geometry = parseCanonicalGeometry(await modelSource("faceGeometry"));

test("holds 468 vertices and 898 triangles that use every vertex", () => {
  assert.equal(geometry.positions.length, 468 * 3);
  assert.equal(geometry.uvs.length, 468 * 2);
  assert.equal(geometry.triangles.length, 898 * 3);
  assert.equal(new Set(geometry.triangles).size, 468);
});

test("has the nose tip in front, the forehead above the chin and texture coordinates in 0..1", () => {
  const z = (point: number): number => geometry.positions[point * 3 + 2]!;
  const y = (point: number): number => geometry.positions[point * 3 + 1]!;
  const v = (point: number): number => geometry.uvs[point * 2 + 1]!;
  assert.ok(z(4) > z(33) && z(4) > z(152));
  assert.ok(y(10) > y(152));
  // The forehead is above the chin in the texture too, counted downwards.
  assert.ok(v(10) < v(152));
  assert.ok(geometry.uvs.every((value) => value >= 0 && value <= 1));
});

test("is symmetric: every vertex has a mirror image", () => {
  for (let i = 0; i < 468; i++) {
    let nearest = Number.POSITIVE_INFINITY;
    for (let j = 0; j < 468; j++) {
      const du = geometry.uvs[2 * i]! - (1 - geometry.uvs[2 * j]!);
      const dv = geometry.uvs[2 * i + 1]! - geometry.uvs[2 * j + 1]!;
      nearest = Math.min(nearest, Math.hypot(du, dv));
    }
    assert.ok(nearest < 0.002, `vertex ${i} has no mirror image within ${nearest}`);
  }
});

test("turns all triangles the same way, so that back faces can be told", () => {
  let front = 0;
  for (let t = 0; t < geometry.triangles.length; t += 3) {
    const [a, b, c] = [0, 1, 2].map((k) => geometry.triangles[t + k]! * 2);
    const at = (i: number): number => geometry.uvs[i]!;
    const area =
      (at(b!) - at(a!)) * (at(c! + 1) - at(a! + 1)) - (at(c!) - at(a!)) * (at(b! + 1) - at(a! + 1));
    if (area > 0) front++;
  }
  assert.ok(front === 0 || front === 898, `${front} of 898 turn one way`);
});

test("refuses a message without a mesh, or with half a vertex", () => {
  assert.throws(() => parseCanonicalGeometry(new Uint8Array()), RangeError);
  const mesh = new ProtobufWriter().float(3, 1).float(3, 2);
  const message = new ProtobufWriter().message(1, mesh).finish();
  assert.throws(() => parseCanonicalGeometry(message), /odd lengths/);
});
