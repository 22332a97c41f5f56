import assert from "node:assert/strict";
import test from "node:test";
import { blendBack } from "../../../../src/fusion/blend/blend-back.ts";
import type { Picture } from "../../../../src/imaging/picture.ts";
import { createPlane, planeFrom } from "../../../../src/imaging/plane.ts";
import { aFaceLayer } from "../../../support/face-layers.ts";
import { aNoisePicture, aPictureOf } from "../../../support/planes.ts";

const AREA = { x: 20, y: 14, width: 16, height: 12 };
const REGION = { x: 12, y: 8, width: 32, height: 24 };
const STEP_PX = 4;

/** Lays a red face over the picture's window; the background moves by (dx, 0), given per column of nodes, inside the region. */
function blended(
  picture: Picture,
  { alpha, dx = () => 0 }: { alpha: number; dx?: (node: number) => number },
): Picture {
  const { width, height } = AREA;
  const layer = aFaceLayer({ area: AREA, scale: 30, colourAt: () => [200, 10, 20] });
  const own = Float32Array.from({ length: 3 * width * height }, (_, c) => {
    const i = Math.floor(c / 3);
    const x = AREA.x + (i % width);
    const y = AREA.y + Math.floor(i / width);
    return picture.data[3 * (y * picture.width + x) + (c % 3)]!;
  });
  const mask = {
    alpha: new Float32Array(width * height).fill(alpha),
    border: planeFrom(width, height, (i) =>
      Math.min(
        ...[1 + (i % width), width - (i % width)],
        ...[1 + Math.floor(i / width), height - Math.floor(i / width)],
      ),
    ),
  };
  const nodes = [REGION.width / STEP_PX + 2, REGION.height / STEP_PX + 2] as const;
  const target = { ...picture, data: picture.data.slice() };
  blendBack(target, { ...layer, template: own }, mask, {
    ...{ region: REGION, stepPx: STEP_PX },
    dx: planeFrom(...nodes, (i) => dx(i % nodes[0])),
    dy: createPlane(...nodes),
  });
  return target;
}

function isWithin(area: typeof AREA, i: number, margin = 0): boolean {
  const [x, y] = [(i % 60) - area.x, Math.floor(i / 60) - area.y];
  return x >= margin && y >= margin && x < area.width - margin && y < area.height - margin;
}

test("a face without weight on a background that stands still changes no byte", () => {
  const picture = aNoisePicture(60, 44, 2);
  assert.deepEqual(blended(picture, { alpha: 0 }).data, picture.data);
});

test("a face of full weight covers its inside and nothing outside its window", () => {
  const picture = aNoisePicture(60, 44, 2);
  const result = blended(picture, { alpha: 1 });
  for (let i = 0; i < 60 * 44; i++) {
    const pixel = [...result.data.subarray(3 * i, 3 * i + 3)];
    if (isWithin(AREA, i)) assert.deepEqual(pixel, [200, 10, 20]);
    else assert.deepEqual(pixel, [...picture.data.subarray(3 * i, 3 * i + 3)]);
  }
});

test("half a weight is half the way", () => {
  const grey = aPictureOf(60, 44, () => [100, 100, 100]);
  const result = blended(grey, { alpha: 0.5 });
  const middle = 3 * ((AREA.y + 6) * 60 + AREA.x + 8);
  assert.deepEqual([...result.data.subarray(middle, middle + 3)], [150, 55, 60]);
});

test("a moved background takes its colours from where the warp says, only inside the region", () => {
  const ramp = aPictureOf(60, 44, (x) => [4 * x, 4 * x, 4 * x]);
  const result = blended(ramp, { alpha: 0, dx: () => 2 });
  for (let i = 0; i < 60 * 44; i++) {
    const expected = 4 * (i % 60);
    if (!isWithin(REGION, i)) assert.equal(result.data[3 * i], expected);
    // Between the moved background and the face's own pixels lie two pixels of passage.
    else if (!isWithin(AREA, i) && isWithin(REGION, i, 3))
      assert.equal(result.data[3 * i], expected + 8);
    else if (isWithin(AREA, i, 2)) assert.equal(result.data[3 * i], expected);
  }
});

test("nodes lie at whole steps from the region's corner, pixel centres half a pixel further", () => {
  const ramp = aPictureOf(60, 44, (x) => [4 * x, 4 * x, 4 * x]);
  const result = blended(ramp, { alpha: 0, dx: (node) => 0.8 * node - 3 });
  const y = REGION.y + 2;
  for (let x = REGION.x + 3; x < REGION.x + REGION.width - 3; x++) {
    const dx = 0.8 * ((x + 0.5 - REGION.x) / STEP_PX) - 3;
    assert.ok(Math.abs(result.data[3 * (y * 60 + x)]! - 4 * (x + dx)) <= 0.55, `at ${x}`);
  }
});

test("a background moved by a part of a pixel follows Keys' kernel", () => {
  const picture = aNoisePicture(60, 44, 5);
  const result = blended(picture, { alpha: 0, dx: () => 1.3 });
  // Keys' kernel (1981, a = -1/2) between the second and the third of four pixels, three tenths of the way.
  const weights = [-0.0735, 0.8155, 0.2895, -0.0315];
  for (let i = 0; i < 60 * 44; i++) {
    if (!isWithin(REGION, i, 4) || isWithin(AREA, i)) continue;
    for (const c of [0, 1, 2]) {
      const sum = weights.reduce((s, w, k) => s + w * picture.data[3 * (i + k) + c]!, 0);
      const expected = Math.min(255, Math.max(0, sum));
      // Places are taken to 1/256 px; neighbours of this noise differ by up to 255 levels.
      assert.ok(Math.abs(result.data[3 * i + c]! - expected) < 1.8, `pixel ${i}`);
    }
  }
});
