import assert from "node:assert/strict";
import test from "node:test";
import { enlivenFeatures } from "../../../../src/fusion/finish/enliven-features.ts";
import { aFaceLayer } from "../../../support/face-layers.ts";

test("features get more colour of the same hue and brightness, skin keeps its own", () => {
  const layer = aFaceLayer({
    area: { x: 0, y: 0, width: 2, height: 1 },
    scale: 100,
    featureAt: (x) => x,
    colourAt: () => [160, 90, 100],
  });
  enlivenFeatures(layer, 0.2);
  assert.deepEqual([...layer.rgb.slice(0, 3)], [160, 90, 100]);
  const [r, g, b] = layer.rgb.slice(3) as unknown as [number, number, number];
  const luma = 0.299 * 160 + 0.587 * 90 + 0.114 * 100;
  assert.ok(Math.abs(0.299 * r + 0.587 * g + 0.114 * b - luma) < 0.01);
  assert.ok(Math.abs(r - luma - 1.2 * (160 - luma)) < 0.01);
  assert.ok(Math.abs(g - luma - 1.2 * (90 - luma)) < 0.01);
});
