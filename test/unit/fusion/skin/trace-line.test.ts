import assert from "node:assert/strict";
import test from "node:test";
import { type Strip, traceLine } from "../../../../src/fusion/skin/trace-line.ts";
import { createRandom } from "../../../support/random.ts";

const strip: Strip = { length: 5, breadth: 4, at: (along, across) => [along, across] };

/** All ways through the strip that move by two places at most, each with its worth. */
function bestByTrial(strengthAt: (x: number, y: number) => number): number {
  let best = Number.NEGATIVE_INFINITY;
  const walk = (along: number, across: number, sum: number): void => {
    const total = sum + Math.min(0.2, strengthAt(along, across));
    if (along === strip.length - 1) {
      best = Math.max(best, total);
      return;
    }
    for (let next = 0; next < strip.breadth; next++) {
      const bend = Math.abs(next - across);
      if (bend <= 2) walk(along + 1, next, total - 0.012 * bend);
    }
  };
  for (let across = 0; across < strip.breadth; across++) walk(0, across, 0);
  return best;
}

test("no way through a strip is better than the traced one", () => {
  const next = createRandom(7);
  for (let trial = 0; trial < 20; trial++) {
    const strengths = Array.from({ length: 20 }, () => 0.25 * next());
    const strengthAt = (x: number, y: number): number => strengths[4 * x + y]!;
    const { points, strengths: along } = traceLine(strip, strengthAt);
    let worth = 0;
    for (const [k, [x, y]] of points.entries()) {
      assert.equal(x, k);
      assert.equal(along[k], Math.fround(strengthAt(x, y)));
      worth += Math.min(0.2, strengthAt(x, y));
      if (k > 0) worth -= 0.012 * Math.abs(y - points[k - 1]![1]);
    }
    assert.ok(Math.abs(worth - bestByTrial(strengthAt)) < 1e-5);
  }
});
