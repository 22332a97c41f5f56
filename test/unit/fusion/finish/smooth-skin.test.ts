import assert from "node:assert/strict";
import test from "node:test";
import type { FaceLayer } from "../../../../src/fusion/face-layer.ts";
import { smoothSkin } from "../../../../src/fusion/finish/smooth-skin.ts";
import { aFaceLayer } from "../../../support/face-layers.ts";
import { noiseSource } from "../../../support/planes.ts";

/** Noisy skin on the left half, the same noise as a feature on the right, with an uncovered lowest row. */
function noisyLayer(): FaceLayer {
  const next = noiseSource(3);
  return aFaceLayer({
    area: { x: 0, y: 0, width: 48, height: 30 },
    scale: 150,
    isCovered: (_, y) => y < 29,
    featureAt: (x) => (x < 24 ? 0 : 1),
    colourAt: () => {
      const change = 12 * (next() - 0.5);
      return [190 + change, 140 + change, 120 + change];
    },
  });
}

function roughness(layer: FaceLayer, isChosen: (x: number, y: number) => boolean): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let i = 0; i < layer.rgb.length / 3; i++) {
    if (!isChosen(i % 48, Math.floor(i / 48))) continue;
    const v = layer.rgb[3 * i]!;
    sum += v;
    squares += v * v;
    count++;
  }
  return squares / count - (sum / count) ** 2;
}

const isSkin = (x: number, y: number): boolean => x > 2 && x < 21 && y > 2 && y < 26;

test("more strength leaves less texture on skin", () => {
  const variances = [0, 0.5, 1].map((strength) => {
    const layer = noisyLayer();
    smoothSkin(layer, strength);
    return roughness(layer, isSkin);
  }) as [number, number, number];
  assert.ok(variances[2] < 0.6 * variances[0]);
  assert.ok(variances[1] < variances[0] && variances[2] < variances[1]);
});

test("features and uncovered pixels keep their values, and strength 0 changes nothing", () => {
  const before = noisyLayer().rgb;
  const layer = noisyLayer();
  smoothSkin(layer, 1);
  for (let i = 0; i < before.length / 3; i++) {
    if (i % 48 < 24 && Math.floor(i / 48) < 29) continue;
    assert.equal(layer.rgb[3 * i], before[3 * i]);
  }
  const idle = noisyLayer();
  smoothSkin(idle, 0);
  assert.deepEqual(idle.rgb, before);
});

test("smoothing changes brightness alone: all channels move by the same", () => {
  const before = noisyLayer().rgb;
  const layer = noisyLayer();
  smoothSkin(layer, 1);
  for (let i = 0; i < before.length; i += 3) {
    const red = layer.rgb[i]! - before[i]!;
    for (const c of [1, 2]) assert.ok(Math.abs(layer.rgb[i + c]! - before[i + c]! - red) < 1e-4);
  }
});
