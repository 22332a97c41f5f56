import assert from "node:assert/strict";
import type { Face } from "../../src/faces/face.ts";
import { createFaceFinder } from "../../src/faces/find-faces.ts";
import { decodePicture } from "../../src/imaging/codec.ts";
import type { Picture } from "../../src/imaging/picture.ts";
import { aPortrait, type Sitter } from "./portraits.ts";
import { testModels } from "./test-models.ts";

/** A portrait with the face that the product's own finder sees in it. */
export interface FoundPortrait {
  readonly picture: Picture;
  readonly face: Face;
}

/** Finds the faces of some portraits, in the order asked for. */
export async function foundPortraits(...sitters: readonly Sitter[]): Promise<FoundPortrait[]> {
  await using finder = await createFaceFinder({ models: await testModels() });
  const found: FoundPortrait[] = [];
  for (const sitter of sitters) {
    const picture = await decodePicture(await aPortrait(sitter));
    const { faces } = await finder.find(picture, { wanted: 1 });
    assert.ok(faces[0], `no face in ${sitter}`);
    found.push({ picture, face: faces[0] });
  }
  return found;
}
