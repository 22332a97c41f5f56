import assert from "node:assert/strict";
import test from "node:test";
import { resizeAliased } from "../../../src/imaging/resize-aliased.ts";
import { useTensorflow } from "../../support/content-network.ts";
import { createRandom } from "../../support/random.ts";

for (const [width, height, side] of [
  [500, 317, 224],
  [64, 64, 224],
  [224, 224, 224],
  [7, 901, 32],
] as const) {
  test(`${width}x${height} to ${side}: as TensorFlow.js resizes with aligned corners`, async () => {
    const tf = await useTensorflow();
    const random = createRandom(width);
    const data = Uint8Array.from({ length: width * height * 3 }, () => random() * 256);
    const pixels = tf.tensor3d(
      Float32Array.from(data, (byte) => byte / 255),
      [height, width, 3],
    );
    const expected = tf.image.resizeBilinear(pixels, [side, side], true).dataSync();
    const actual = resizeAliased({ width, height, data }, side);
    for (const [i, value] of actual.entries()) {
      const plane = side * side;
      const other = expected[(i % plane) * 3 + Math.floor(i / plane)]!;
      // A place that falls on a pixel but for a rounding takes its neighbour with a tiny share.
      assert.ok(Math.abs(value - other) < 1e-3, `${i}: ${value} and ${other}`);
    }
  });
}
