import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { dilate, erode, flood, open } from "../../../src/imaging/morphology.ts";
import { type Plane, planeFrom } from "../../../src/imaging/plane.ts";
import { noiseSource } from "../../support/planes.ts";

const masks = fc
  .tuple(
    fc.integer({ min: 1, max: 14 }),
    fc.integer({ min: 1, max: 14 }),
    fc.constantFrom(0.05, 0.5, 0.9),
    fc.nat(),
  )
  .map(([width, height, share, seed]) => {
    const next = noiseSource(seed);
    return planeFrom(width, height, () => (next() < share ? 1 : 0));
  });
const radii = fc.constantFrom(0, 1, 1.5, 2, 3.7);

/** Whether any cell within the radius has the value. */
function hasNear(mask: Plane, value: number, i: number, radius: number): boolean {
  const [x, y] = [i % mask.width, Math.floor(i / mask.width)];
  return mask.data.some(
    (v, j) =>
      v === value &&
      Math.hypot((j % mask.width) - x, Math.floor(j / mask.width) - y) <= radius + 1e-9,
  );
}

test("a mask grows to every cell within the radius of one of its own", () => {
  fc.assert(
    fc.property(masks, radii, (mask, radius) => {
      const expected = Array.from(mask.data, (_, i) => (hasNear(mask, 1, i, radius) ? 1 : 0));
      assert.deepEqual([...dilate(mask, radius).data], expected);
    }),
  );
});

test("a mask shrinks from every empty cell within the radius, but not from the plane's border", () => {
  fc.assert(
    fc.property(masks, radii, (mask, radius) => {
      const expected = Array.from(mask.data, (_, i) => (hasNear(mask, 0, i, radius) ? 0 : 1));
      assert.deepEqual([...erode(mask, radius).data], expected);
    }),
  );
});

test("opening is shrinking and growing again, adds nothing and changes nothing when repeated", () => {
  fc.assert(
    fc.property(masks, radii, (mask, radius) => {
      const opened = open(mask, radius);
      assert.deepEqual(opened, dilate(erode(mask, radius), radius));
      assert.ok(opened.data.every((v, i) => v <= mask.data[i]!));
      assert.deepEqual(open(opened, radius), opened);
    }),
  );
});

test("cells count from one half on", () => {
  const grey = planeFrom(3, 1, (i) => [0.2, 0.5, 0.51][i]!);
  assert.deepEqual([...dilate(grey, 0).data], [0, 0, 1]);
  assert.deepEqual([...erode(grey, 0).data], [0, 0, 1]);
});

/** Spreads until nothing changes any more. */
function naiveFlood(size: Plane, isSeed: readonly boolean[], isPassable: Plane): number[] {
  const reached = isSeed.map(Number);
  for (let hasChanged = true; hasChanged; ) {
    hasChanged = false;
    for (let i = 0; i < reached.length; i++) {
      if (reached[i] === 1 || isPassable.data[i] === 0) continue;
      const x = i % size.width;
      const neighbours = [
        ...(x > 0 ? [i - 1] : []),
        ...(x + 1 < size.width ? [i + 1] : []),
        ...[i - size.width, i + size.width],
      ];
      if (neighbours.every((j) => reached[j] !== 1)) continue;
      reached[i] = 1;
      hasChanged = true;
    }
  }
  return reached;
}

test("a flood reaches what is connected to a seed through passable cells, not around the plane's border", () => {
  fc.assert(
    fc.property(masks, fc.nat(), (mask, seed) => {
      const next = noiseSource(seed);
      const seeds = Array.from(mask.data, () => next() < 0.03);
      const reached = flood(
        mask,
        (i) => seeds[i]!,
        (i) => mask.data[i] === 1,
      );
      assert.deepEqual([...reached.data], naiveFlood(mask, seeds, mask));
    }),
  );
});
