import { type Affine, composeAffine, squareCropToPicture } from "../imaging/affine.ts";
import { sampleCrop } from "../imaging/sample-crop.ts";
import type { FaceRegion } from "./face-region.ts";
import type { PicturePyramid } from "./picture-pyramid.ts";

/** A square of the picture with the face upright, ready for a network. */
export interface FaceCrop {
  readonly planes: Float32Array;
  readonly cropToPicture: Affine;
}

/** How much around the face is wanted, how large, and what 0 and 255 become. */
export interface FaceCropSize {
  /** Side of the square in sides of the region. */
  readonly surroundings: number;
  readonly sizePx: number;
  readonly range: readonly [number, number];
}

/** Samples a square around a region from the level that is next in sharpness, so that little is read. */
export function cropFace(
  pyramid: PicturePyramid,
  region: FaceRegion,
  { surroundings, sizePx, range }: FaceCropSize,
): FaceCrop {
  const sidePx = region.sidePx * surroundings;
  const level = pyramid.levelForPart(Math.max(0, Math.floor(Math.log2(sidePx / sizePx))));
  const cropToPicture = squareCropToPicture(region.centre, sidePx, region.rollRad, sizePx);
  const pictureToLevel = { a: level.scale, b: 0, c: 0, d: level.scale, tx: 0, ty: 0 };
  const planes = sampleCrop(level.picture, {
    width: sizePx,
    height: sizePx,
    cropToPicture: composeAffine(pictureToLevel, cropToPicture),
    range,
  });
  return { planes, cropToPicture };
}
