import assert from "node:assert/strict";
import test from "node:test";
import type { FaceWork } from "../../../../src/fusion/fusion-work.ts";
import type { Plane } from "../../../../src/imaging/plane.ts";
import { faceWorkUntil, repainted } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [calm, smiling] = (await foundPortraits("calm", "smiling")) as [FoundPortrait, FoundPortrait];
const { mesh } = smiling.face;

function at(point: number): [number, number] {
  return [mesh[3 * point]!, mesh[3 * point + 1]!];
}

function mapped(template: FoundPortrait, modelType: 1 | 5 = 1): Promise<FaceWork> {
  return faceWorkUntil("map-skin", { template, user: calm }, { modelType });
}

/** Mean of the template's occluders over a zone. */
function kept({ grid, occluders }: FaceWork, zone: Plane): number {
  let [sum, total] = [0, 0];
  for (let i = 0; i < zone.data.length; i++) {
    if (zone.data[i] === 0 || grid.covered.data[i]! < 0.99) continue;
    sum += occluders.template.data[i]!;
    total++;
  }
  return sum / total;
}

/** Glasses of wire: two rings about the eyes and a line between them. */
function withWireGlasses(portrait: FoundPortrait): { face: FoundPortrait; isWire: IsPainted } {
  const [left, right] = [at(159), at(386)];
  const radius = 0.38 * Math.hypot(right[0] - left[0], right[1] - left[1]);
  const isWire: IsPainted = (x, y) => {
    const rings = [left, right].map(([cx, cy]) =>
      Math.abs(Math.hypot(x - cx, (y - cy - 2) * 1.25) - radius),
    );
    const share = (x - left[0]) / (right[0] - left[0]);
    const bridge = Math.abs(y - (left[1] + share * (right[1] - left[1])));
    const isBetween = share > 0.35 && share < 0.65;
    return Math.min(...rings) < 0.8 || (isBetween && bridge < 0.8);
  };
  const face = repainted(portrait, (rgb, x, y) => (isWire(x, y) ? [58, 50, 48] : rgb));
  return { face, isWire };
}

type IsPainted = (x: number, y: number) => boolean;

test("thin wire glasses of the template stay in front, and only they", async () => {
  const plain = await mapped(smiling);
  assert.ok(kept(plain, plain.zones.aroundEyes) < 0.1);
  const { face } = withWireGlasses(smiling);
  const work = await mapped(face);
  assert.ok(kept(work, work.zones.noseBridge) > 0.15, `${kept(work, work.zones.noseBridge)}`);
  const share = kept(work, work.zones.aroundEyes);
  assert.ok(share > 0.1 && share < 0.6, `kept around the eyes: ${share}`);
  assert.ok(kept(work, work.zones.lips) < 0.05);
});

test("a mask over the template's mouth stays with any model type; a mouth does not", async () => {
  const plain = await mapped(smiling);
  assert.ok(kept(plain, plain.zones.lips) < 0.05);
  const [, top] = at(4);
  const masked = repainted(smiling, (rgb, x, y) =>
    y > top ? [205 + 4 * Math.sin(x / 9), 214, 220] : rgb,
  );
  for (const modelType of [1, 5] as const) {
    const work = await mapped(masked, modelType);
    assert.ok(kept(work, work.zones.lips) > 0.95);
    assert.ok(kept(work, work.zones.eyeballs) < 0.1);
  }
});

test("hair that hangs into a brow of the template keeps the whole brow, the other one is replaced", async () => {
  const [bx] = at(107);
  const [, by] = at(105);
  const fringed = repainted(smiling, (rgb, x, y) =>
    x < bx && y < by + 9 ? [38 + (x % 3) * 8, 30, 26] : rgb,
  );
  const work = await mapped(fringed);
  const [left, right] = work.zones.brows as [Plane, Plane];
  assert.ok(kept(work, left) > 0.85, `left: ${kept(work, left)}`);
  assert.ok(kept(work, right) < 0.3, `right: ${kept(work, right)}`);
});

test("a chin in shade is no beard, neutral dark hair on it is", async () => {
  const [, nose] = at(2);
  const [, chin] = at(152);
  const dark = (factors: readonly number[]) =>
    repainted(smiling, (rgb, _x, y) => {
      const share = Math.min(1, Math.max(0, (y - nose) / (0.25 * (chin - nose))));
      return rgb.map((v, c) => v * (1 - share * (1 - factors[c]!)));
    });
  const plain = await mapped(smiling);
  const shaded = await mapped(dark([0.8, 0.74, 0.7]));
  const bearded = await mapped(dark([0.34, 0.4, 0.46]));
  assert.deepEqual(
    [plain, shaded, bearded].map((work) => work.occluders.isTemplateBearded),
    [false, false, true],
  );
});

test("a hand over the template's mouth stays: its folds are as dark as a line between lips, but nothing is red", async () => {
  const [, top] = at(4);
  const covered = repainted(smiling, (rgb, _, y) =>
    y > top ? [201, 150, 124].map((v) => v * (0.85 + 0.2 * Math.sin(y / 3))) : rgb,
  );
  const work = await mapped(covered);
  assert.ok(kept(work, work.zones.lips) > 0.95, `${kept(work, work.zones.lips)}`);
  assert.ok(kept(work, work.zones.eyeballs) < 0.1);
});

test("an ice lolly that reaches from below into the template's mouth stays there, too", async () => {
  const [cx, cy] = at(17);
  const isLolly = (x: number, y: number): boolean =>
    Math.hypot(x - cx, y - cy) < 13 || (Math.abs(x - cx) < 7 && y > cy);
  const licked = repainted(smiling, (rgb, x, y) =>
    isLolly(x, y) ? [96, 150, 226].map((v) => v + 8 * Math.sin(x + y)) : rgb,
  );
  const plain = await mapped(smiling);
  const work = await mapped(licked);
  const before = kept(plain, plain.zones.lips);
  const after = kept(work, work.zones.lips);
  assert.ok(after > before + 0.2 && after < 0.95, `lips: ${after}, were ${before}`);
});
