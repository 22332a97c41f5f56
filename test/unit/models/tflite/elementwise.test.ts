import assert from "node:assert/strict";
import test from "node:test";
import { GraphBuilder } from "../../../../src/models/onnx/graph-builder.ts";
import { Conversion } from "../../../../src/models/tflite/conversion.ts";
import { convertPrelu } from "../../../../src/models/tflite/elementwise.ts";
import type { TfliteModel } from "../../../../src/models/tflite/tflite-model.ts";
import { runOnnx } from "../../../support/run-onnx.ts";

async function runPrelu(slopes: readonly number[], values: readonly number[]): Promise<number[]> {
  const activation = { name: "", shape: [1, 1, 1, 3], type: "float32", data: new Uint8Array() };
  const slopeBytes = new Uint8Array(Float32Array.from(slopes).buffer);
  const model = {
    tensors: [
      activation,
      { name: "", shape: [1, 1, 3], type: "float32", data: slopeBytes },
      activation,
    ],
    operators: [],
    inputs: [0],
    outputs: [2],
  } as TfliteModel;
  const graph = new GraphBuilder("prelu");
  const conversion = new Conversion(graph, model);
  conversion.setValue(0, graph.input("in", [1, 3, 1, 1]));
  convertPrelu(conversion, {
    name: "PRELU",
    inputs: [0, 1],
    outputs: [2],
    options: undefined,
    customOptions: new Uint8Array(),
  });
  graph.output("out", conversion.value(2), [1, 3, 1, 1]);
  const input = { data: Float32Array.from(values), dims: [1, 3, 1, 1] };
  const { out } = await runOnnx(graph.toModel(), { in: input });
  return [...out!.data];
}

// Powers of two, so that 32-bit results are exact.
for (const slopes of [
  [0.25, -0.5, 1],
  [0.25, 2, 4],
]) {
  test(`PReLU with slopes ${slopes.join(", ")} scales negative values and keeps positive ones`, async () => {
    assert.deepEqual(await runPrelu(slopes, [8, 8, 8]), [8, 8, 8]);
    assert.deepEqual(
      await runPrelu(slopes, [-8, -8, -8]),
      slopes.map((slope) => -8 * slope),
    );
  });
}
