import assert from "node:assert/strict";
import test from "node:test";
import { choosePhoto, type UserPhoto } from "../../../../src/fusion/quality/choose-photo.ts";
import { repainted } from "../../../support/face-work.ts";
import { type FoundPortrait, foundPortraits } from "../../../support/found-faces.ts";

const [calm, smiling, leaning, asleep] = (await foundPortraits(
  "calm",
  "smiling",
  "leaning",
  "eyesClosed",
)) as [FoundPortrait, FoundPortrait, FoundPortrait, FoundPortrait];

/** The same face as if photographed at another size. */
function scaled({ picture, face }: FoundPortrait, factor: number): UserPhoto {
  return { picture, face: { ...face, mesh: face.mesh.map((v) => v * factor) } };
}

test("of several photos the one in the template's pose and expression is taken", () => {
  const photos = [leaning, asleep, smiling, calm];
  for (const template of photos) assert.equal(choosePhoto(photos, template), template);
});

test("of two photos alike the one that is large enough is taken", () => {
  const small = scaled(calm, 0.2);
  assert.equal(choosePhoto([small, calm], calm), calm);
});

test("of two photos alike the one lit from the template's side is taken", () => {
  const middle = calm.face.mesh[3];
  const litFrom = (side: 1 | -1): FoundPortrait =>
    repainted(calm, (rgb, x) => rgb.map((v) => v * (side * (x - middle!) > 0 ? 1 : 0.45)));
  const [left, right] = [litFrom(-1), litFrom(1)];
  assert.equal(choosePhoto([left, right], litFrom(1)), right);
  assert.equal(choosePhoto([left, right], litFrom(-1)), left);
});
