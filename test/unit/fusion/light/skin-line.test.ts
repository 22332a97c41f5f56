import assert from "node:assert/strict";
import test from "node:test";
import { matchLight } from "../../../../src/fusion/light/light-fields.ts";
import { followSkinLine } from "../../../../src/fusion/light/skin-line.ts";
import { createPlane } from "../../../../src/imaging/plane.ts";
import { faceWorkUntil, repainted } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [calm, serious] = (await foundPortraits("calm", "serious")) as [FoundPortrait, FoundPortrait];

/** Much darker skin with shades that are no redder than the rest: A and B of every pixel are one colour's. */
const darkAndEven = repainted(serious, ([r, g, b]) => {
  const luma = 0.299 * r + 0.587 * g + 0.114 * b;
  return [0.42 * luma, 0.3 * luma, 0.23 * luma];
});

test("shades of dark skin become redder and yellower on a pale face, the rest keeps its colour", async () => {
  const work = await faceWorkUntil("match-light", { template: calm, user: darkAndEven });
  const { grid, zones, constants } = work;
  const mask = zones.sureSkin;
  const plain = matchLight(grid, grid.user, mask, 0.11);
  const hidden = createPlane(grid.width, grid.height);
  const scene = { grid, zones, mask, hidden, colours: grid.user, constants };
  const coloured = followSkinLine(plain, scene);
  let shades = 0;
  for (let i = 0; i < mask.data.length; i++) {
    if (mask.data[i] === 0) continue;
    const detail = grid.user.y.data[i]! - plain.baseY.data[i]!;
    const redder = coloured.shiftA.data[i]! - plain.shiftA.data[i]!;
    const bluer = coloured.shiftB.data[i]! - plain.shiftB.data[i]!;
    if (detail >= 0) assert.deepEqual([redder, bluer], [0, 0]);
    if (detail > -0.06) continue;
    shades++;
    assert.ok(redder > 0.002 && redder < 0.25, `A ${redder} at ${detail}`);
    assert.ok(bluer <= 0 && bluer > -0.25, `B ${bluer} at ${detail}`);
  }
  assert.ok(shades > 10);
});

test("a black-and-white template gets no colour in its shades", async () => {
  const grey = repainted(calm, ([r, g, b]) => Array(3).fill(0.299 * r + 0.587 * g + 0.114 * b));
  const { layer } = await faceWorkUntil("compose-face", { template: grey, user: darkAndEven });
  for (let i = 0; i < layer.rgb.length; i += 3) {
    const [r, g, b] = [layer.rgb[i]!, layer.rgb[i + 1]!, layer.rgb[i + 2]!];
    assert.ok(Math.max(r, g, b) - Math.min(r, g, b) < 3, `${r} ${g} ${b}`);
  }
});
