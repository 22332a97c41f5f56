import assert from "node:assert/strict";
import test from "node:test";
import { dampLipShine } from "../../../../src/fusion/light/lip-shine.ts";
import { faceWorkUntil, repainted } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [calm, serious] = (await foundPortraits("calm", "serious")) as [FoundPortrait, FoundPortrait];
const dark = repainted(serious, ([r, g, b]) => [0.45 * r, 0.4 * g, 0.4 * b]);
const work = await faceWorkUntil("match-light", { template: calm, user: dark });
const { grid, zones, userLight } = work;
const inside = [...zones.lips.data.keys()].filter(
  (i) => zones.lips.data[i]! > 0 && grid.covered.data[i]! >= 0.99,
);

/** The user's lips with one spot, in the middle of their cells, that differs by so much. */
function withSpot(change: { y: number; a: number }) {
  const spot = inside[inside.length >> 1]!;
  const [y, a] = [
    { ...grid.user.y, data: grid.user.y.data.slice() },
    { ...grid.user.a, data: grid.user.a.data.slice() },
  ];
  for (const i of [spot - 1, spot, spot + 1]) {
    y.data[i]! += change.y;
    a.data[i]! += change.a;
  }
  const damped = dampLipShine(userLight, { grid, zones, colours: { ...grid.user, y, a } });
  return {
    y: damped.shiftY.data[spot]! - userLight.shiftY.data[spot]!,
    a: damped.shiftA.data[spot]! - userLight.shiftA.data[spot]!,
  };
}

test("a spot that glows on brightened lips is damped", () => {
  const plain = withSpot({ y: 0, a: 0 });
  assert.ok(withSpot({ y: 1.2, a: 0 }).y < plain.y - 0.02);
  assert.ok(withSpot({ y: 0, a: 0.6 }).a < plain.a - 0.02);
});

test("a spot that is paler or darker stays", () => {
  const { y, a } = withSpot({ y: -0.6, a: -0.3 });
  const plain = withSpot({ y: 0, a: 0 });
  assert.ok(y >= plain.y - 1e-3 && a >= plain.a - 1e-3);
});

test("the skin beside the lips does not change", () => {
  const damped = dampLipShine(userLight, { grid, zones, colours: grid.user });
  for (let i = 0; i < zones.cheeks.data.length; i++) {
    if (zones.cheeks.data[i] === 0) continue;
    assert.ok(Math.abs(damped.shiftY.data[i]! - userLight.shiftY.data[i]!) < 1e-4);
  }
});
