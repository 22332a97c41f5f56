import assert from "node:assert/strict";
import test from "node:test";
import type { FaceWork } from "../../../../src/fusion/fusion-work.ts";
import {
  followExpression,
  smileDifference,
} from "../../../../src/fusion/light/follow-expression.ts";
import type { LightFields } from "../../../../src/fusion/light/light-fields.ts";
import { relitDetail } from "../../../../src/fusion/light/middle-band.ts";
import { createPlane, type Plane } from "../../../../src/imaging/plane.ts";
import { faceWorkUntil } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [calm, smiling] = (await foundPortraits("calm", "smiling")) as [FoundPortrait, FoundPortrait];
const work = await faceWorkUntil("match-light", { template: calm, user: smiling });

/** The smiling user's light with the template's folds at a difference, nothing hidden. */
function followed(
  { grid, zones, constants, userLight }: FaceWork,
  difference: number,
): LightFields {
  const bare = createPlane(grid.width, grid.height, 1);
  return followExpression(
    userLight,
    { ...{ grid, zones, constants, bare, laughter: 0, aside: 0 }, colours: grid.user },
    difference,
  );
}

/** Mean distance of the relit luma from the template's over a zone. */
function distanceOver(zone: Plane, light: LightFields): number {
  const { grid } = work;
  let [sum, count] = [0, 0];
  for (let i = 0; i < zone.data.length; i++) {
    if (zone.data[i] === 0 || grid.covered.data[i]! < 0.99) continue;
    const [base, shift] = [light.baseY.data[i]!, light.shiftY.data[i]!];
    const relit = base + shift + relitDetail(grid.user.y.data[i]! - base, shift);
    sum += Math.abs(relit - grid.template.y.data[i]!);
    count++;
  }
  return sum / count;
}

test("a face smiles like itself", () => {
  assert.equal(smileDifference(calm.face.mesh, calm.face.mesh), 0);
});

test("a laughing face and a calm one differ, whoever is the user", () => {
  const difference = smileDifference(smiling.face.mesh, calm.face.mesh);
  assert.ok(difference > 0.3, `${difference}`);
  assert.equal(smileDifference(calm.face.mesh, smiling.face.mesh), difference);
});

test("nothing changes where both mouths do the same", () => {
  assert.equal(followed(work, 0), work.userLight);
});

test("the cheeks come closer to the template's shading the more the mouths differ", () => {
  const [none, half, full] = [0, 0.5, 1].map((difference) =>
    distanceOver(work.zones.cheeks, followed(work, difference)),
  ) as [number, number, number];
  assert.ok(full < half && half < none, `${none} ${half} ${full}`);
});

test("nose and brows keep the user's own shading", () => {
  const light = followed(work, 1);
  for (const zone of [work.zones.noseBridge, ...work.zones.brows, work.zones.eyeballs]) {
    for (let i = 0; i < zone.data.length; i++) {
      if (zone.data[i] === 0) continue;
      assert.ok(Math.abs(light.shiftY.data[i]! - work.userLight.shiftY.data[i]!) < 0.01);
    }
  }
});
