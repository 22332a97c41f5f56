import assert from "node:assert/strict";
import test from "node:test";
import type { ModelRole } from "../../../../src/models/catalog.ts";
import { convertTflite } from "../../../../src/models/tflite/convert-tflite.ts";
import { modelSource } from "../../../support/model-sources.ts";
import { createRandom } from "../../../support/random.ts";
import { runOnnx } from "../../../support/run-onnx.ts";
import { runTfliteOnTensorflow } from "../../../support/tflite-interpreter.ts";

/** Noise that no photo has, and a smooth picture whose values reach both ends of the range. */
function makeInput(kind: "noise" | "smooth", side: number, low: number): Float32Array {
  const random = createRandom(7);
  return Float32Array.from({ length: side * side * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    const wave =
      Math.sin((pixel % side) / 23 + (i % 3)) * Math.cos(Math.floor(pixel / side) / 17 - (i % 3));
    const value01 = kind === "noise" ? random() : (wave + 1) / 2;
    return low + value01 * (1 - low);
  });
}

function toPlanes(pixels: Float32Array): Float32Array {
  const plane = pixels.length / 3;
  return Float32Array.from(
    { length: pixels.length },
    (_, i) => pixels[(i % plane) * 3 + Math.floor(i / plane)]!,
  );
}

async function runConverted(
  bytes: Uint8Array,
  pixels: Float32Array,
  hasFreeSize = false,
): Promise<Record<string, Float32Array>> {
  const side = Math.sqrt(pixels.length / 3);
  const model = convertTflite(bytes, { hasFreeSize });
  const input = new TextDecoder().decode(bytes).includes("input_1") ? "input_1" : "input";
  const outputs = await runOnnx(model, {
    [input]: { data: toPlanes(pixels), dims: [1, 3, side, side] },
  });
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, data]));
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

const NETWORKS: readonly {
  readonly role: ModelRole;
  readonly side: number;
  readonly low: number;
  readonly outputs: readonly string[];
}[] = [
  {
    role: "fullRangeDetector",
    side: 192,
    low: -1,
    outputs: ["reshaped_regressor_face_4", "reshaped_classifier_face_4"],
  },
  {
    role: "shortRangeDetector",
    side: 128,
    low: -1,
    outputs: ["regressors", "classificators"],
  },
  // The refined outputs lie behind MediaPipe's own operators, which TensorFlow.js does not have.
  { role: "faceMesh", side: 192, low: 0, outputs: ["output_mesh_identity", "conv_faceflag"] },
];

for (const { role, side, low, outputs } of NETWORKS) {
  for (const kind of ["noise", "smooth"] as const) {
    test(`${role} gives what TensorFlow.js computes from the same weights, on ${kind}`, async () => {
      const bytes = await modelSource(role);
      const pixels = makeInput(kind, side, low);
      const expected = await runTfliteOnTensorflow(bytes, pixels);
      const actual = await runConverted(bytes, pixels);
      assert.deepEqual(Object.keys(expected), outputs);
      for (const name of outputs) {
        // Both sum in 32-bit floats but in another order: 1e-5 of the largest value is 80 roundings.
        const tolerance = 1e-5 * Math.max(1, largest(expected[name]!));
        const difference = largest(expected[name]!.map((value, i) => value - actual[name]![i]!));
        assert.ok(difference <= tolerance, `${name} differs by ${difference}`);
      }
    });
  }
}

test("a network of free input size gives at its native size what the fixed one gives", async () => {
  const bytes = await modelSource("fullRangeDetector");
  const pixels = makeInput("smooth", 192, -1);
  const fixed = await runConverted(bytes, pixels);
  const free = await runConverted(bytes, pixels, true);
  for (const [name, values] of Object.entries(fixed)) {
    assert.ok(largest(values.map((value, i) => value - free[name]![i]!)) < 1e-4, name);
  }
});

test("the same source always gives the same bytes", async () => {
  const bytes = await modelSource("shortRangeDetector");
  assert.deepEqual(convertTflite(bytes), convertTflite(bytes));
});

test("refuses bytes that are no TFLite model", () => {
  assert.throws(() => convertTflite(new Uint8Array(64)), RangeError);
});
