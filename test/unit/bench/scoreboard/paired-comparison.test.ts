import assert from "node:assert/strict";
import test from "node:test";
import { compareRuns } from "../../../../bench/scoreboard/paired-comparison.ts";
import type { FaceRow } from "../../../../bench/scoreboard/summary.ts";
import { createRandom } from "../../../support/random.ts";

/** Faces of as many pairs with a seam and a sharpness each. */
function faces(figures: readonly { readonly seam: number; readonly sharpness?: number }[]) {
  return figures.map(
    (scores, n): FaceRow => ({
      ...{ pair: `p${n}`, merge: 0, purpose: "easy", isTonePair: false, method: "faceloom" },
      ...{ facePx: 200, isFoundAgain: true, ...scores },
    }),
  );
}

const random = createRandom(7);
const before = faces(Array.from({ length: 40 }, () => ({ seam: 1 + random() })));

function changed(by: (n: number) => number): FaceRow[] {
  return before.map((row, n) => ({ ...row, seam: row.seam! + by(n) }));
}

const seamOf = (after: readonly FaceRow[]) =>
  compareRuns(before, after).find((difference) => difference.column === "seam")!;

test("a change that every face shares is told although faces differ by far more", () => {
  const better = seamOf(changed((n) => -0.05 - 0.01 * (n % 3)));
  assert.equal(better.verdict, "better");
  assert.ok(better.low <= better.difference && better.difference <= better.high);
  assert.ok(better.high < -0.05 && better.low > -0.07);
  assert.equal(seamOf(changed(() => 0.05)).verdict, "worse");
});

test("changes that cancel out are no verdict", () => {
  const noise = seamOf(changed((n) => (n % 2 === 0 ? 0.5 : -0.5)));
  assert.equal(noise.verdict, "");
  assert.ok(noise.low < 0 && noise.high > 0);
});

test("the interval covers the true change in about 95 of 100 draws", () => {
  let covered = 0;
  for (let draw = 0; draw < 100; draw++) {
    const { low, high } = seamOf(changed(() => 0.2 + (random() + random() + random() - 1.5)));
    if (low <= 0.2 && 0.2 <= high) covered++;
  }
  assert.ok(covered >= 85 && covered <= 100, `${covered}`);
});

test("the faces that changed most come first, those that did not are not named", () => {
  const { most } = seamOf(changed((n) => (n === 3 ? 0.2 : n === 5 ? -0.9 : 0)));
  assert.deepEqual(
    most.map(({ pair, change }) => [pair, Number(change.toFixed(3))]),
    [
      ["p5", -0.9],
      ["p3", 0.2],
    ],
  );
});

test("faces of one pair are drawn together, so that a picture of many faces does not feign certainty", () => {
  const one = (pairOf: (n: number) => string): number => {
    const [a, b] = [before, changed((n) => 0.1 * Math.floor(n / 10) - 0.1)].map((rows) =>
      rows.map((row, n) => ({ ...row, pair: pairOf(n), merge: n })),
    );
    const { low, high } = compareRuns(a!, b!).find((d) => d.column === "seam")!;
    return high - low;
  };
  assert.ok(one((n) => `p${Math.floor(n / 10)}`) > 1.5 * one((n) => `p${n}`));
});

test("sharpness is better when it comes nearer to the template's", () => {
  const [blurred, alike] = [0.6, 0.95].map((sharpness) =>
    faces(before.map(() => ({ seam: 1, sharpness }))),
  );
  const verdict = (a: FaceRow[], b: FaceRow[]): string =>
    compareRuns(a, b).find((difference) => difference.column === "sharp")!.verdict;
  assert.equal(verdict(blurred!, alike!), "better");
  assert.equal(verdict(alike!, blurred!), "worse");
});

test("faces that only one run has are left out", () => {
  const more = [...changed(() => 0.1), { ...before[0]!, pair: "new", seam: 99 }];
  assert.equal(seamOf(more).faces, 40);
  assert.deepEqual(compareRuns([], before), []);
});
