import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { readCatalog } from "../../../../src/models/catalog.ts";
import { convertLayersModel } from "../../../../src/models/layers/convert-layers.ts";
import { readModelSource } from "../../../../src/models/model-source.ts";
import { loadContentNetwork, useTensorflow } from "../../../support/content-network.ts";
import { createRandom } from "../../../support/random.ts";
import { runOnnx } from "../../../support/run-onnx.ts";
import { testClassifier } from "../../../support/test-models.ts";

const SIDE = 224;

/** Pixels in rows, 0..1: noise that no photo has, and waves of three sizes. */
function makeInput(kind: "noise" | "fine" | "smooth" | "coarse"): Float32Array {
  const random = createRandom(11);
  const size = { noise: 0, fine: 2, smooth: 19, coarse: 70 }[kind];
  return Float32Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
    if (size === 0) return random();
    const pixel = Math.floor(i / 3);
    const wave =
      Math.sin((pixel % SIDE) / size + (i % 3)) * Math.cos(Math.floor(pixel / SIDE) / size);
    return (wave + 1) / 2;
  });
}

function toPlanes(pixels: Float32Array): Float32Array {
  const plane = pixels.length / 3;
  return Float32Array.from(pixels, (_, i) => pixels[(i % plane) * 3 + Math.floor(i / plane)]!);
}

test("the converted network gives what TensorFlow.js computes from the same files", async () => {
  const tf = await useTensorflow();
  const network = await loadContentNetwork();
  const model = await readFile(await testClassifier());
  for (const kind of ["noise", "fine", "smooth", "coarse"] as const) {
    const pixels = makeInput(kind);
    const input = tf.tensor4d(pixels, [1, SIDE, SIDE, 3]);
    const expected = Array.from((network.predict(input) as typeof input).dataSync());
    const planes = { data: toPlanes(pixels), dims: [1, 3, SIDE, SIDE] };
    const { dense_3: actual } = await runOnnx(model, { input_1: planes });
    assert.ok(Math.abs(expected.reduce((sum, share) => sum + share, 0) - 1) < 1e-5);
    for (const [i, share] of expected.entries()) {
      // 52 layers in 32-bit floats, summed in another order; probabilities are compared as such.
      const difference = Math.abs(share - actual!.data[i]!);
      assert.ok(difference < 2e-5, `${kind}: class ${i} differs by ${difference}`);
    }
  }
});

test("the same source always gives the same bytes", async () => {
  const { bytes, weights } = await readModelSource(readCatalog().optional[0]!);
  assert.deepEqual(convertLayersModel(bytes, weights!), convertLayersModel(bytes, weights!));
});

test("refuses weights that are cut short", async () => {
  const { bytes, weights } = await readModelSource(readCatalog().optional[0]!);
  const text = Buffer.from(weights!).toString("latin1");
  const cut = Buffer.from(text.replace(/(exports="[\w+/]{4000})[\w+/=]*"/, '$1"'), "latin1");
  assert.throws(() => convertLayersModel(bytes, cut), /The weights end within/);
});
