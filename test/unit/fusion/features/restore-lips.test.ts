import assert from "node:assert/strict";
import test from "node:test";
import { LIPS_INNER, LIPS_OUTER } from "../../../../src/fusion/face-regions.ts";
import { restoreLips, stretchShare } from "../../../../src/fusion/features/restore-lips.ts";
import { faceScale } from "../../../../src/fusion/shape/measure-face.ts";
import { outlineOf } from "../../../../src/fusion/skin/face-zones.ts";
import { writeLogOpponent } from "../../../../src/imaging/log-opponent.ts";
import { forEachMasked, softMaskOf } from "../../../../src/imaging/soft-mask.ts";
import { faceWorkUntil } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [calm, smiling] = (await foundPortraits("calm", "smiling")) as [FoundPortrait, FoundPortrait];
const meshes = { user: calm.face.mesh, template: smiling.face.mesh };

test("only a mouth that the template opens further counts as stretched", () => {
  assert.ok(stretchShare(calm.face.mesh, smiling.face.mesh) > 0.5);
  assert.equal(stretchShare(smiling.face.mesh, calm.face.mesh), 0);
  assert.equal(stretchShare(smiling.face.mesh, smiling.face.mesh), 0);
});

test("stretched lips get the template's shading in the user's mean colour; nothing else changes", async () => {
  const work = await faceWorkUntil("compose-face", { template: smiling, user: calm });
  const { layer } = work;
  const { canvas } = layer;
  const before = layer.rgb.slice();
  restoreLips(layer, { ...meshes, brightening: 0 });
  const scale = faceScale(canvas.mesh);
  const lips = softMaskOf(outlineOf(canvas.mesh, LIPS_OUTER), 0.006 * scale, canvas)!;
  const gap = softMaskOf(outlineOf(canvas.mesh, LIPS_INNER), 0.003 * scale, canvas)!;
  const isGap = new Set<number>();
  forEachMasked(gap, canvas.width, (pixel, value) => {
    if (value > 0.1) isGap.add(pixel);
  });
  const inLips = new Set<number>();
  let [near, far, count] = [0, 0, 0];
  const sums = [0, 0];
  const [colour, given] = [new Float32Array(3), new Float32Array(3)];
  forEachMasked(lips, canvas.width, (pixel, value) => {
    inLips.add(pixel);
    if (value < 0.9 || isGap.has(pixel)) return;
    writeLogOpponent(given, 0, layer.template, 3 * pixel);
    for (const [i, rgb] of [before, layer.rgb].entries()) {
      writeLogOpponent(colour, 0, rgb, 3 * pixel);
      sums[i]! += colour[0]!;
      const distance = (colour[0]! - given[0]!) ** 2;
      if (i === 0) far += distance;
      else near += distance;
    }
    count++;
  });
  assert.ok(count > 50);
  const change = (sums[1]! - sums[0]!) / count;
  assert.ok(Math.abs(change) < 0.03, `mean luma moved by ${change}`);
  assert.ok(near < far, `distance from the template's shading: ${near}, was ${far}`);
  for (let pixel = 0; pixel < before.length / 3; pixel++) {
    if (inLips.has(pixel)) continue;
    assert.equal(layer.rgb[3 * pixel], before[3 * pixel]);
  }
});
