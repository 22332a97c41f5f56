import assert from "node:assert/strict";
import test from "node:test";
import { faceWorkUntil, repainted } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [calm, smiling] = (await foundPortraits("calm", "smiling")) as [FoundPortrait, FoundPortrait];

async function qualityOf(template: FoundPortrait, user: FoundPortrait): Promise<number> {
  return (await faceWorkUntil("rate-face", { template, user })).quality;
}

/** The face's mesh turned about the upright axis through its middle. */
function turned({ picture, face }: FoundPortrait, angleRad: number): FoundPortrait {
  const centre = [3, 5].map((at) => face.mesh[at]!);
  const mesh = face.mesh.slice();
  for (let i = 0; i < mesh.length; i += 3) {
    const [x, z] = [face.mesh[i]! - centre[0]!, face.mesh[i + 2]! - centre[1]!];
    mesh[i] = centre[0]! + x * Math.cos(angleRad) + z * Math.sin(angleRad);
    mesh[i + 2] = centre[1]! + z * Math.cos(angleRad) - x * Math.sin(angleRad);
  }
  return { picture, face: { ...face, mesh } };
}

test("frontal faces in good photos are rated high, and always between 0 and 1", async () => {
  const quality = await qualityOf(calm, smiling);
  assert.ok(quality > 0.6 && quality <= 1, `${quality}`);
});

test("a face that is turned away from the template's, hidden or out of the picture is rated lower", async () => {
  const good = await qualityOf(calm, smiling);
  const away = await qualityOf(calm, turned(smiling, 1));
  assert.ok(away < 0.7 * good, `turned: ${away} of ${good}`);
  const { mesh } = smiling.face;
  const hidden = repainted(smiling, (rgb, x) => (x > mesh[3]! ? [30, 90, 40] : rgb));
  assert.ok((await qualityOf(calm, hidden)) < good);
  const { width, height, data } = smiling.picture;
  const kept = Math.floor(mesh[3]!);
  const cut = new Uint8Array(3 * kept * height);
  for (let y = 0; y < height; y++) {
    cut.set(data.subarray(3 * y * width, 3 * (y * width + kept)), 3 * y * kept);
  }
  const half = { face: smiling.face, picture: { width: kept, height, data: cut } };
  assert.ok((await qualityOf(calm, half)) < 0.5 * good);
});
