import assert from "node:assert/strict";
import test from "node:test";
import {
  fitLine,
  median,
  nameOf,
  sidesOf,
  speedCases,
} from "../../../../bench/speedometer/speed-case.ts";
import { readTargets } from "../../../../bench/targets.ts";

test("pictures have the megapixels they are named for, within the API's largest side", () => {
  for (const megapixels of [0.25, 1, 4, 16, 64]) {
    const { width, height } = sidesOf(megapixels);
    assert.ok(Math.abs((width * height) / 1e6 / megapixels - 1) < 0.01);
    assert.ok(Math.max(width, height) <= 8000);
  }
});

test("every choice of cases has those that targets name, each once, and every face fits its picture", () => {
  const { gates, wishes } = readTargets().speed;
  const wanted = Object.keys({ ...gates, ...wishes })
    .filter((name) => name.endsWith(": call / floor"))
    .map((name) => name.replace(": call / floor", ""));
  assert.ok(wanted.length >= 5);
  for (const isQuick of [true, false]) {
    const names = speedCases(isQuick).map(nameOf);
    assert.deepEqual(
      wanted.filter((name) => !names.includes(name)),
      [],
    );
    assert.equal(new Set(names).size, names.length);
    for (const { megapixels, facePx, faces } of speedCases(isQuick)) {
      const { width, height } = sidesOf(megapixels);
      assert.ok(facePx <= width / Math.min(3, faces) && facePx <= height / Math.ceil(faces / 3));
    }
  }
});

test("short calls are timed at least 20 times", () => {
  assert.ok(speedCases(false).every(({ megapixels, runs }) => megapixels > 1 || runs >= 20));
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
