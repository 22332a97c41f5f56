import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { guidedFilter } from "../../../src/imaging/guided-filter.ts";
import { createPlane, type Plane, planeFrom } from "../../../src/imaging/plane.ts";
import { aNoisePlane, assertClose, repeatedAt } from "../../support/planes.ts";

/** All values of a window, edges repeated. */
function windowAt(plane: Plane, i: number, radius: number): number[] {
  const [x, y] = [i % plane.width, Math.floor(i / plane.width)];
  const values: number[] = [];
  for (let dy = -radius; dy <= radius; dy++) {
    for (let dx = -radius; dx <= radius; dx++) values.push(repeatedAt(plane, x + dx, y + dy));
  }
  return values;
}

const meanOf = (values: number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** The definition: per window the line a v + b of the smallest (a v + b - v)² + epsilon a²; per cell the mean of them. */
function naiveFilter(plane: Plane, radius: number, epsilon: number): Plane {
  const { width, height } = plane;
  const slope = createPlane(width, height);
  const offset = createPlane(width, height);
  for (let i = 0; i < width * height; i++) {
    const values = windowAt(plane, i, radius);
    const mean = meanOf(values);
    const variance = meanOf(values.map((v) => (v - mean) ** 2));
    slope.data[i] = variance / (variance + epsilon);
    offset.data[i] = mean - slope.data[i]! * mean;
  }
  return planeFrom(
    width,
    height,
    (i) =>
      meanOf(windowAt(slope, i, radius)) * plane.data[i]! + meanOf(windowAt(offset, i, radius)),
  );
}

test("the filter agrees with its definition", () => {
  const side = fc.integer({ min: 2, max: 12 });
  const radius = fc.integer({ min: 1, max: 4 });
  fc.assert(
    fc.property(side, side, radius, fc.constantFrom(10, 120, 3000), (w, h, r, epsilon) => {
      const plane = aNoisePlane(w, h, { seed: w * h * r, high: 255 });
      assertClose(
        guidedFilter(plane, r, epsilon).data,
        naiveFilter(plane, r, epsilon).data,
        // Variance comes from a difference of 32-bit means of squares up to 255².
        0.05,
      );
    }),
    { numRuns: 30 },
  );
});

test("weak texture goes and a strong edge stays", () => {
  const noise = aNoisePlane(40, 20, { seed: 2, low: -4, high: 4 });
  const step = planeFrom(40, 20, (i) => (i % 40 < 20 ? 60 : 180) + noise.data[i]!);
  const filtered = guidedFilter(step, 3, 120);
  const row = filtered.data.subarray(10 * 40, 11 * 40);
  assert.ok(row[20]! - row[19]! > 105, "the edge is as steep as before");
  const flat = [...row.subarray(2, 14)];
  const rough = [...step.data.subarray(10 * 40 + 2, 10 * 40 + 14)];
  const spread = (values: number[]): number => Math.max(...values) - Math.min(...values);
  assert.ok(spread(flat) < 0.5 * spread(rough));
});

test("a constant stays itself", () => {
  const grey = createPlane(17, 9, 201);
  assertClose(guidedFilter(grey, 3, 100).data, grey.data, 1e-3);
});
