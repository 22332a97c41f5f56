import assert from "node:assert/strict";
import test from "node:test";
import { faceWorkUntil, repainted } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [calm, smiling] = (await foundPortraits("calm", "smiling")) as [FoundPortrait, FoundPortrait];

/** The portrait with blond strands, of the mean colour of the skin below, over the face left of a column. */
function withStrands(portrait: FoundPortrait, untilX: number): FoundPortrait {
  return repainted(portrait, ([r, g, b], x, y) => {
    if (x > untilX) return [r, g, b];
    const strand = 1 + 0.35 * Math.sin(1.9 * x + 0.6 * Math.sin(y / 9));
    return [190 * strand, 150 * strand, 115 * strand];
  });
}

test("strands of skin's colour over a cheek are found by their texture and not pasted", async () => {
  const { mesh } = smiling.face;
  // Between the outline (point 234) and the outer corner of the left eye (33).
  const untilX = 0.35 * mesh[3 * 234]! + 0.65 * mesh[3 * 33]!;
  const scene = { template: calm, user: withStrands(smiling, untilX) };
  const hairy = await faceWorkUntil("map-skin", scene);
  const bare = await faceWorkUntil("map-skin", { template: calm, user: smiling });
  const shareHidden = (work: typeof hairy): number => {
    const { grid, occluders } = work;
    const [left, right] = [grid.mesh[3 * 234]!, grid.mesh[3 * 33]!];
    const [top, bottom] = [grid.mesh[3 * 33 + 1]!, grid.mesh[3 * 61 + 1]!];
    let [hidden, total] = [0, 0];
    for (let i = 0; i < grid.covered.data.length; i++) {
      const [x, y] = [i % grid.width, Math.floor(i / grid.width)];
      if (grid.covered.data[i]! < 0.99 || y < top || y > bottom) continue;
      if (x < left || x > 0.5 * left + 0.5 * right) continue;
      hidden += occluders.user.data[i]!;
      total++;
    }
    return hidden / total;
  };
  assert.ok(shareHidden(hairy) > 0.7, `hidden: ${shareHidden(hairy)}`);
  assert.ok(shareHidden(bare) < 0.3, `hidden without strands: ${shareHidden(bare)}`);
});
