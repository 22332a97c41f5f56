import assert from "node:assert/strict";
import test from "node:test";
import { borrowGrain, type SkinTexture } from "../../../../src/fusion/finish/borrow-grain.ts";
import { type Plane, planeFrom } from "../../../../src/imaging/plane.ts";
import { aFaceLayer } from "../../../support/face-layers.ts";
import { noiseSource } from "../../../support/planes.ts";

const SIDE = 100;
const next = noiseSource(7);
const GRAIN = planeFrom(SIDE, SIDE, () => 6 * (next() - 0.5));

/** An even face whose lower fifth is a feature. */
function evenFace() {
  return aFaceLayer({
    area: { x: 0, y: 0, width: SIDE, height: SIDE },
    scale: SIDE,
    featureAt: (_, y) => (y < 80 ? 0 : 1),
    colourAt: () => [160, 120, 100],
  });
}

/** How far the middle of the skin lies from one level, root mean square. */
function roughness(rgb: Float32Array, rows: [number, number] = [30, 60]): number {
  let [squares, count] = [0, 0];
  for (let y = rows[0]; y < rows[1]; y++) {
    for (let x = 30; x < 70; x++) {
      squares += (rgb[3 * (y * SIDE + x) + 1]! - 120) ** 2;
      count++;
    }
  }
  return Math.sqrt(squares / count);
}

/** A texture whose fine band is the given plane. */
function textured(detail: Plane): SkinTexture {
  const none = planeFrom(SIDE, SIDE, () => 0);
  return { bands: { luma: detail, near: none, far: none }, fine: 1, coarse: 1 };
}

const times = (plane: Plane, factor: number): Plane =>
  planeFrom(SIDE, SIDE, (i) => factor * plane.data[i]!);

test("skin without texture gets as much as the template's has, features none", () => {
  const layer = evenFace();
  borrowGrain(layer, textured(times(GRAIN, 0)), textured(GRAIN));
  const wanted = Math.sqrt(3);
  assert.ok(Math.abs(roughness(layer.rgb) / wanted - 1) < 0.1, `${roughness(layer.rgb)}`);
  assert.equal(roughness(layer.rgb, [82, 98]), 0);
});

test("skin with a texture of its own stays", () => {
  const layer = evenFace();
  borrowGrain(layer, textured(times(GRAIN, -0.8)), textured(GRAIN));
  assert.equal(roughness(layer.rgb), 0);
});

test("a line of the template's is not drawn", () => {
  const layer = evenFace();
  const line = planeFrom(SIDE, SIDE, (i) => (Math.floor(i / SIDE) === 45 ? -60 : GRAIN.data[i]!));
  borrowGrain(layer, textured(times(GRAIN, 0)), textured(line));
  const onLine = layer.rgb[3 * (45 * SIDE + 50) + 1]!;
  assert.ok(onLine > 120 - 13, `${onLine}`);
});
