import assert from "node:assert/strict";
import test from "node:test";
import { readNumbers, readTfliteModel } from "../../../../src/models/tflite/tflite-model.ts";
import { modelSource } from "../../../support/model-sources.ts";

function halves(...bits: number[]): number[] {
  const data = new Uint8Array(Uint16Array.from(bits).buffer);
  return Array.from(readNumbers({ name: "", shape: [bits.length], type: "float16", data }));
}

test("widens half-precision numbers exactly, the smallest and special ones too", () => {
  const expected = [1, -2, 65504, 2 ** -24, -(2 ** -14), 0, Number.POSITIVE_INFINITY];
  assert.deepEqual(halves(0x3c00, 0xc000, 0x7bff, 0x0001, 0x8400, 0, 0x7c00), expected);
  assert.ok(Number.isNaN(halves(0x7e00)[0]));
});

test("reads integers of shape constants", () => {
  const data = new Uint8Array(Int32Array.from([3, -4]).buffer);
  assert.deepEqual(Array.from(readNumbers({ name: "", shape: [2], type: "int32", data })), [3, -4]);
});

test("reads names, shapes and the running order of a real model", async () => {
  const model = readTfliteModel(await modelSource("shortRangeDetector"));
  assert.deepEqual(
    model.inputs.map((i) => model.tensors[i]!.shape),
    [[1, 128, 128, 3]],
  );
  assert.deepEqual(
    model.outputs.map((i) => [model.tensors[i]!.name, model.tensors[i]!.shape]),
    [
      ["regressors", [1, 896, 16]],
      ["classificators", [1, 896, 1]],
    ],
  );
  const known = new Set([...model.inputs, ...model.tensors.keys()].filter(isConstantOrInput));
  for (const { inputs, outputs } of model.operators) {
    for (const input of inputs) assert.ok(known.has(input));
    for (const output of outputs) known.add(output);
  }

  function isConstantOrInput(index: number): boolean {
    return model.inputs.includes(index) || model.tensors[index]!.data.length > 0;
  }
});
