import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { boxBlur, gaussianBlur } from "../../../src/imaging/box-blur.ts";
import { createPlane, type Plane, planeFrom } from "../../../src/imaging/plane.ts";
import { aNoisePlane, assertClose, repeatedAt } from "../../support/planes.ts";

function naiveBlur(plane: Plane, radius: number): Plane {
  return planeFrom(plane.width, plane.height, (i) => {
    const [x, y] = [i % plane.width, Math.floor(i / plane.width)];
    let sum = 0;
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) sum += repeatedAt(plane, x + dx, y + dy);
    }
    return sum / (2 * radius + 1) ** 2;
  });
}

const side = fc.integer({ min: 1, max: 13 });

test("a box blur is the mean of its window with edges repeated, for windows wider than the plane too", () => {
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 16 }), fc.nat(), (w, h, radius, seed) => {
      const plane = aNoisePlane(w, h, { seed, low: -3, high: 5 });
      assertClose(boxBlur(plane, radius).data, naiveBlur(plane, radius).data, 1e-4);
    }),
    { numRuns: 60 },
  );
});

test("several passes are the same as one after the other, and leave the source as it was", () => {
  const plane = aNoisePlane(11, 7, { seed: 4 });
  const before = plane.data.slice();
  const twice = naiveBlur(naiveBlur(plane, 2), 2);
  assertClose(boxBlur(plane, 2, 2).data, twice.data, 1e-5);
  assertClose(boxBlur(plane, 2, 3).data, naiveBlur(twice, 2).data, 1e-5);
  assert.deepEqual(plane.data, before);
});

test("a radius below 1 changes nothing", () => {
  const plane = aNoisePlane(5, 4);
  assert.deepEqual(boxBlur(plane, 0, 3), plane);
});

test("a large plane of large values does not drift along its rows", () => {
  const plane = createPlane(4000, 3, 255);
  assertClose(boxBlur(plane, 9).data, plane.data, 1e-3);
});

for (const sigma of [1, 3, 6, 10]) {
  test(`a blur of sigma ${sigma} spreads a point to a bell of that width, less than a pixel off`, () => {
    const size = 101;
    const point = createPlane(size, size);
    point.data[50 * size + 50] = 1;
    const spread = gaussianBlur(point, sigma).data;
    const total = spread.reduce((sum, v) => sum + v, 0);
    assert.ok(Math.abs(total - 1) < 1e-4, `${total}`);
    const variance = spread.reduce((sum, v, i) => sum + v * ((i % size) - 50) ** 2, 0);
    // Boxes have whole radii, so the width comes in steps of a pixel.
    assert.ok(Math.abs(Math.sqrt(variance) - sigma) < 0.6, `${Math.sqrt(variance)}`);
    const bell = planeFrom(size, size, (i) => {
      const squared = ((i % size) - 50) ** 2 + (Math.floor(i / size) - 50) ** 2;
      return Math.exp(-squared / (2 * variance)) / (2 * Math.PI * variance);
    });
    // The top of three boxes is 6 % (8 % for boxes of 3 cells) lower than a Gaussian's in each direction.
    assertClose(spread, bell.data, 0.16 * bell.data[50 * size + 50]!);
  });
}
