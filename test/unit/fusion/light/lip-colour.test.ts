import assert from "node:assert/strict";
import test from "node:test";
import type { FaceWork } from "../../../../src/fusion/fusion-work.ts";
import { createPlane, type Plane } from "../../../../src/imaging/plane.ts";
import { faceWorkUntil, repainted } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [calm, serious] = (await foundPortraits("calm", "serious")) as [FoundPortrait, FoundPortrait];

/** Means of A and B over the relit lips. */
function lipsOf({ grid, zones, userLight }: FaceWork): { a: number; b: number; bluest: number } {
  const mean = (zone: Plane, own: Plane, shift: Plane): number => {
    let [sum, count] = [0, 0];
    for (let i = 0; i < zone.data.length; i++) {
      if (zone.data[i] === 0 || grid.covered.data[i]! < 0.99) continue;
      sum += own.data[i]! + shift.data[i]!;
      count++;
    }
    return sum / count;
  };
  return {
    a: mean(zones.lips, grid.user.a, userLight.shiftA),
    b: mean(zones.lips, grid.user.b, userLight.shiftB),
    // The bluest that is there anyhow: the relit skin or the template's own lips.
    bluest: Math.max(
      mean(zones.sureSkin, grid.user.b, userLight.shiftB),
      mean(zones.lips, grid.template.b, createPlane(grid.width, grid.height)),
    ),
  };
}

test("lips from warm light do not turn blue in cold light", async () => {
  const warm = repainted(serious, ([r, g, b]) => [r, 0.9 * g, 0.6 * b]);
  const cold = repainted(calm, ([r, g, b]) => [0.82 * r, g, Math.min(255, 1.35 * b)]);
  const lips = lipsOf(await faceWorkUntil("match-light", { template: cold, user: warm }));
  assert.ok(lips.a > 0.02, `A of the lips is ${lips.a}`);
  assert.ok(lips.b < lips.bluest + 0.45 * lips.a, `B ${lips.b} at A ${lips.a}`);
});

test("lips are as red as the paler of both pairs of lips, on skin without any red", async () => {
  const template = repainted(calm, (rgb, x, y) => {
    const { mesh } = calm.face;
    const isMouth =
      Math.hypot(x - mesh[39]!, 2 * (y - mesh[40]!)) < 0.6 * Math.abs(mesh[3 * 61]! - mesh[873]!);
    return isMouth ? rgb : [0.85 * rgb[0], rgb[1], rgb[2]];
  });
  const work = await faceWorkUntil("match-light", { template, user: serious });
  const { grid, zones } = work;
  const meanA = (plane: Plane): number => {
    const inside = Array.from(plane.data).filter(
      (_, i) => zones.lips.data[i]! > 0 && grid.covered.data[i]! > 0.99,
    );
    return inside.reduce((sum, v) => sum + v, 0) / inside.length;
  };
  const paler = Math.min(meanA(grid.user.a), meanA(grid.template.a));
  assert.ok(lipsOf(work).a > 0.8 * paler, `${lipsOf(work).a} of ${paler}`);
});
