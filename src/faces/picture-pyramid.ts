import { averageBlocks } from "../imaging/average-blocks.ts";
import type { Picture } from "../imaging/picture.ts";

/** The picture at one size. */
export interface PictureLevel {
  readonly picture: Picture;
  /** Level px per picture px. The last column and row may stand for less than a whole block. */
  readonly scale: number;
}

/** A picture at 1, 1/2, 1/4 ... of its size; levels are made when first asked for. */
export interface PicturePyramid {
  /** Returns the picture at 2^-halvings of its size. */
  level(halvings: number): PictureLevel;
  /** The same for looking at a small part: the picture itself where a level would have to be made of all of it. */
  levelForPart(halvings: number): PictureLevel;
}

/** Levels up to this side come from one shrunken copy; larger ones are made from the picture itself. */
const BASE_SIDE_PX = 1600;

/** Makes a pyramid. The whole picture is read once for all levels up to {@link BASE_SIDE_PX}. */
export function createPyramid(picture: Picture): PicturePyramid {
  const side = Math.max(picture.width, picture.height);
  const baseHalvings = Math.max(0, Math.ceil(Math.log2(side / BASE_SIDE_PX)));
  const levels = new Map<number, PictureLevel>([[0, { picture, scale: 1 }]]);
  const level = (halvings: number): PictureLevel => {
    const known = levels.get(halvings);
    if (known !== undefined) return known;
    const scale = 2 ** -halvings;
    const made =
      halvings > baseHalvings
        ? { picture: averageBlocks(level(halvings - 1).picture, 2), scale }
        : { picture: averageBlocks(picture, 2 ** halvings), scale };
    levels.set(halvings, made);
    return made;
  };
  return { level, levelForPart: (halvings) => level(halvings < baseHalvings ? 0 : halvings) };
}
