import assert from "node:assert/strict";
import test from "node:test";
import { createPixelBudget } from "../../../src/jobs/pixel-budget.ts";

test("what fits is taken, what does not is refused, and what is given back can be taken again", () => {
  const budget = createPixelBudget(100);
  const first = budget.take(60);
  budget.take(40);
  assert.throws(() => budget.take(1), { reason: "overloaded" });
  first[Symbol.dispose]();
  assert.equal(budget.usedPixels, 40);
  budget.take(60);
});

test("giving back twice counts once", () => {
  const budget = createPixelBudget(100);
  budget.take(50);
  const second = budget.take(50);
  second[Symbol.dispose]();
  second[Symbol.dispose]();
  assert.equal(budget.usedPixels, 50);
});

test("one that is larger than the whole budget runs alone", () => {
  const budget = createPixelBudget(100);
  const big = budget.take(500);
  assert.throws(() => budget.take(1), { reason: "overloaded" });
  big[Symbol.dispose]();
  const small = budget.take(1);
  assert.throws(() => budget.take(500), { reason: "overloaded" });
  small[Symbol.dispose]();
  budget.take(500);
});
