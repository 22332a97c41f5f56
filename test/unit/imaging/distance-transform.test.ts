import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { distanceTransform } from "../../../src/imaging/distance-transform.ts";
import { assertClose, noiseSource } from "../../support/planes.ts";

interface Grid {
  readonly width: number;
  readonly height: number;
  readonly zero: readonly boolean[];
}

/** Every cell against every zero cell; the border is a frame of zero cells one cell outside. */
function naiveDistance({ width, height, zero }: Grid, borderIsZero: boolean): Float64Array {
  return Float64Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    let best = borderIsZero ? Math.min(x + 1, y + 1, width - x, height - y) : Infinity;
    for (let j = 0; j < zero.length; j++) {
      if (!zero[j]) continue;
      best = Math.min(best, Math.hypot((j % width) - x, Math.floor(j / width) - y));
    }
    return best;
  });
}

const grids = fc
  .tuple(
    fc.integer({ min: 1, max: 17 }),
    fc.integer({ min: 1, max: 17 }),
    fc.constantFrom(0.02, 0.2, 0.7),
    fc.nat(),
  )
  .map(([width, height, share, seed]): Grid => {
    const next = noiseSource(seed);
    return { width, height, zero: Array.from({ length: width * height }, () => next() < share) };
  });

test("every cell gets the exact distance to the nearest zero cell, the border counting as zero", () => {
  fc.assert(
    fc.property(grids, (grid) => {
      const distance = distanceTransform(grid, (i) => grid.zero[i]!);
      assertClose(distance.data, naiveDistance(grid, true), 1e-4);
    }),
  );
});

test("every cell gets the exact distance to the nearest zero cell, the border not counting", () => {
  fc.assert(
    fc.property(grids, (grid) => {
      fc.pre(grid.zero.includes(true));
      const distance = distanceTransform(grid, (i) => grid.zero[i]!, false);
      assertClose(distance.data, naiveDistance(grid, false), 1e-4);
    }),
  );
});

test("without any zero cell everything is farther away than any picture is wide", () => {
  const distance = distanceTransform({ width: 9, height: 5 }, () => false, false);
  assert.ok(distance.data.every((v) => v > 20_000));
});
