import assert from "node:assert/strict";
import test from "node:test";
import {
  fitLine,
  median,
  sidesOf,
  speedCases,
  TARGET_CASES,
} from "../../../../bench/speedometer/speed-case.ts";

test("pictures have the megapixels they are named for, within the API's largest side", () => {
  for (const megapixels of [0.25, 1, 4, 16, 64]) {
    const { width, height } = sidesOf(megapixels);
    assert.ok(Math.abs((width * height) / 1e6 / megapixels - 1) < 0.01);
    assert.ok(Math.max(width, height) <= 8000);
  }
});

test("every choice of cases holds those with targets, and every face fits its picture", () => {
  for (const isQuick of [true, false]) {
    const cases = speedCases(isQuick);
    for (const wanted of TARGET_CASES) {
      assert.ok(
        cases.some((c) => c.megapixels === wanted.megapixels && c.facePx === wanted.facePx),
      );
    }
    assert.ok(cases.every((c) => c.facePx < sidesOf(c.megapixels).height));
  }
});

test("the median is not moved by one slow run", () => {
  assert.equal(median([5, 4, 900]), 5);
  assert.equal(median([7]), 7);
});

test("a line through points on a line is that line", () => {
  const fit = fitLine([1, 2, 5, 9].map((x) => ({ x, y: 40 + 3 * x })));
  assert.ok(Math.abs(fit.constant - 40) < 1e-9 && Math.abs(fit.slope - 3) < 1e-9);
  assert.ok(Math.abs(fit.explained01 - 1) < 1e-9);
});
