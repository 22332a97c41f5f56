import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { fitQuadratic, quadraticAlong } from "../../../src/imaging/quadratic-fit.ts";
import { assertClose, noiseSource } from "../../support/planes.ts";

const TRUTH = [0.4, -0.2, 0.15, 0.08, -0.05, 0.06];

interface Sample {
  readonly count: number;
  readonly basis: Float64Array;
  readonly values: Float64Array;
}

/** Points of a surface on [-reach, reach]², a share of them far off on one side. */
function sampleOf(
  coefficients: readonly number[],
  { count = 400, reach = 3, wild = 0, seed = 1, noise = 0 },
): Sample {
  const next = noiseSource(seed);
  const basis = new Float64Array(count * 6);
  const values = new Float64Array(count);
  for (let n = 0; n < count; n++) {
    const [x, y] = [reach * (2 * next() - 1), reach * (2 * next() - 1)];
    const row = [1, x, y, x * x, x * y, y * y];
    basis.set(row, 6 * n);
    values[n] = row.reduce((sum, b, r) => sum + b * coefficients[r]!, noise * (next() - 0.5));
    if (next() < wild) values[n]! += 2 + next();
  }
  return { count, basis, values };
}

test("a surface along a row is its formula as a parabola of x", () => {
  const { constant, linear, square } = quadraticAlong(Float64Array.of(1, 2, 3, 4, 5, 6), -1);
  assert.equal(constant + linear * 2 + square * 4, 1 + 4 - 3 + 16 - 10 + 6);
});

test("known coefficients are found again", () => {
  const coefficient = fc.double({ min: -1, max: 1, noNaN: true });
  const six = fc.tuple(...Array.from({ length: 6 }, () => coefficient));
  fc.assert(
    fc.property(six, fc.nat(), (truth, seed) => {
      const fitted = fitQuadratic(sampleOf(truth, { seed }));
      // The ridge pulls the curvature 0.5 % and through it the constant towards 0 at this spread: by up to .03 when
      // both curvatures are largest.
      assertClose(fitted, truth, 0.04);
    }),
    { numRuns: 30 },
  );
});

test("known coefficients are found again with a fifth of the values far off to one side", () => {
  for (const seed of [1, 2, 3, 4, 5]) {
    const fitted = fitQuadratic(sampleOf(TRUTH, { seed, wild: 0.2, noise: 0.02 }), 8);
    assertClose(fitted, TRUTH, 0.03);
  }
});

test("one round is plain least squares with the documented ridge", () => {
  const sample = sampleOf(TRUTH, { reach: 1, count: 60, noise: 0.3 });
  const fitted = fitQuadratic(sample, 1);
  const ridge = [1e-9, 2e-3, 2e-3, 3e-2, 3e-2, 3e-2];
  // At the minimum of sum (value - fit)² + count * ridge * coefficient², the slope by each coefficient is 0.
  for (let r = 0; r < 6; r++) {
    let slope = sample.count * ridge[r]! * fitted[r]!;
    for (let n = 0; n < sample.count; n++) {
      const row = sample.basis.subarray(6 * n, 6 * n + 6);
      slope -= row[r]! * (sample.values[n]! - row.reduce((sum, b, k) => sum + b * fitted[k]!, 0));
    }
    assert.ok(Math.abs(slope) < 1e-6, `slope ${slope} by coefficient ${r}`);
  }
});

test("a single observation gives a flat surface through it, none gives zero", () => {
  const one = { count: 1, basis: Float64Array.of(1, 0, 0, 0, 0, 0), values: Float64Array.of(0.7) };
  assertClose(fitQuadratic(one), [0.7, 0, 0, 0, 0, 0], 1e-6);
  const none = { count: 0, basis: new Float64Array(0), values: new Float64Array(0) };
  assertClose(fitQuadratic(none), [0, 0, 0, 0, 0, 0], 0);
});
