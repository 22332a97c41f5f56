import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { clamp, medianDeviation, mix, quantile, smoothstep } from "../../../src/imaging/scalar.ts";

const finite = fc.double({ min: -1e3, max: 1e3, noNaN: true });

test("clamp keeps what is inside and moves the rest to the nearer end", () => {
  assert.deepEqual(
    [-2, 0, 0.3, 1, 7].map((v) => clamp(v, 0, 1)),
    [0, 0, 0.3, 1, 1],
  );
});

test("smoothstep is 0 and 1 outside, a half in the middle, and flat at both ends", () => {
  assert.deepEqual(
    [1, 2, 3, 4, 5].map((v) => smoothstep(2, 4, v)),
    [0, 0, 0.5, 1, 1],
  );
  assert.ok(smoothstep(0, 1, 0.001) < 1e-5);
  assert.ok(1 - smoothstep(0, 1, 0.999) < 1e-5);
});

test("smoothstep never falls when it goes up and mirrors when its ends are swapped", () => {
  fc.assert(
    fc.property(finite, finite, (a, b) => {
      const [low, high] = a < b ? [a, b] : [b, a];
      assert.ok(smoothstep(-500, 700, low) <= smoothstep(-500, 700, high));
      assert.ok(Math.abs(smoothstep(700, -500, a) - (1 - smoothstep(-500, 700, a))) < 1e-9);
    }),
  );
});

test("mix goes from its first value to its second", () => {
  assert.deepEqual(
    [0, 0.25, 1].map((t) => mix(4, 8, t)),
    [4, 5, 8],
  );
});

test("a quantile is the value at the nearest rank and does not sort its input", () => {
  const values = [5, 1, 4, 2, 3];
  assert.deepEqual(
    [0, 0.25, 0.5, 0.75, 1].map((q) => quantile(values, q)),
    [1, 2, 3, 4, 5],
  );
  assert.deepEqual(values, [5, 1, 4, 2, 3]);
  assert.equal(quantile([], 0.5), 0);
  assert.equal(quantile([7], 0.9), 7);
});

test("numbers are sorted as numbers", () => {
  assert.equal(quantile([100, 20, 3], 0.5), 20);
});

test("the median deviation ignores a few wild values", () => {
  assert.equal(medianDeviation([1, 2, 3, 4, 5]), 1);
  assert.equal(medianDeviation([1, 2, 3, 4, 1e9]), 1);
  assert.equal(medianDeviation([6, 6, 6]), 0);
});
