import assert from "node:assert/strict";
import test from "node:test";
import { plainComposeFace } from "../../../../bench/kernels/plain-compose-face.ts";
import { composeFace } from "../../../../src/fusion/light/compose-face.ts";
import { aComposition } from "../../../support/compositions.ts";

/** Weights of 0.002 and less are passed over, which moves a colour by less than this many levels. */
const TOLERANCE = 1;

for (const size of [
  { width: 61, height: 40, cellPx: 6 },
  { width: 64, height: 9, cellPx: 1 },
  { width: 3, height: 5, cellPx: 4 },
  { width: 130, height: 33, cellPx: 13 },
]) {
  test(`a face of ${size.width} x ${size.height} px is blended as by the plain loop`, () => {
    for (let seed = 1; seed <= 8; seed++) {
      const scene = aComposition(size, seed);
      const [fast, plain] = [composeFace(scene), plainComposeFace(scene)];
      const off = fast.rgb.map((level, i) => Math.abs(level - plain.rgb[i]!));
      assert.ok(Math.max(...off) < TOLERANCE, `seed ${seed}: ${Math.max(...off)} levels`);
      assert.ok(off.reduce((sum, d) => sum + d, 0) / off.length < 0.02, `seed ${seed}`);
      assert.ok(fast.feature.every((share, i) => Math.abs(share - plain.feature[i]!) < 1e-5));
    }
  });
}

test("pixels that the face does not cover stay 0", () => {
  const scene = aComposition({ width: 50, height: 20, cellPx: 5 }, 3);
  const { rgb } = composeFace(scene);
  const { triangle } = scene.canvas.raster;
  for (let i = 0; i < triangle.length; i++) {
    const level = Math.max(rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!);
    if (triangle[i]! < 0) assert.equal(level, 0);
    else assert.ok(level > 0 && level <= 255);
  }
});
