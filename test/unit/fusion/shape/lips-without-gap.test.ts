import assert from "node:assert/strict";
import test from "node:test";
import {
  LOWER_LIP_RINGS,
  MOUTH_CORNERS,
  UPPER_LIP_RINGS,
} from "../../../../src/fusion/face-regions.ts";
import { gapShare, lipsWithoutGap } from "../../../../src/fusion/shape/lips-without-gap.ts";
import { distance3 } from "../../../../src/fusion/shape/measure-face.ts";
import { foundPortraits } from "../../../support/found-faces.ts";

const [smiling, calm] = (await foundPortraits("smiling", "calm")).map(({ face }) => face.mesh) as [
  Float32Array,
  Float32Array,
];

test("lips are looked up as they are where both mouths do the same", () => {
  assert.equal(lipsWithoutGap(calm, calm), calm);
  assert.equal(lipsWithoutGap(smiling, smiling), smiling);
  assert.equal(gapShare(calm, smiling), 0);
});

test("closed lips on the template's teeth are looked up inside the lips, away from the dark line between them", () => {
  const moved = lipsWithoutGap(calm, smiling);
  for (const rings of [UPPER_LIP_RINGS, LOWER_LIP_RINGS]) {
    for (const [column, inner] of rings[3].entries()) {
      const next = rings[2][column]!;
      assert.ok(distance3(moved, inner, next) < 0.9 * distance3(calm, inner, next));
    }
  }
});

test("a laughing user's lips on closed ones are looked up inside the lips, away from the teeth", () => {
  const moved = lipsWithoutGap(smiling, calm);
  assert.ok(gapShare(smiling, calm) > 0.3);
  for (const rings of [UPPER_LIP_RINGS, LOWER_LIP_RINGS]) {
    for (const [column, inner] of rings[3].entries()) {
      const next = rings[2][column]!;
      assert.ok(distance3(moved, inner, next) < 0.9 * distance3(smiling, inner, next));
    }
  }
  const inner = new Set<number>([
    ...UPPER_LIP_RINGS[3],
    ...LOWER_LIP_RINGS[3],
    ...MOUTH_CORNERS.map((corner) => corner[3]),
  ]);
  for (let i = 0; i < moved.length; i++) {
    if (!inner.has(Math.floor(i / 3))) assert.equal(moved[i], smiling[i]);
  }
});
