import { shrinkPicture } from "../imaging/codec.ts";
import type { Picture } from "../imaging/picture.ts";

/** The picture at one size. */
export interface PictureLevel {
  readonly picture: Picture;
  /** Level px per picture px. */
  readonly scaleX: number;
  readonly scaleY: number;
}

/** A picture at 1, 1/2, 1/4 ... of its size; levels are made when first asked for. */
export interface PicturePyramid {
  /** Returns the picture at 2^-halvings of its size. */
  level(halvings: number): Promise<PictureLevel>;
  /** The same for looking at a small part: the picture itself where a level would have to be made of all of it. */
  levelForPart(halvings: number): Promise<PictureLevel>;
}

/** Levels up to this side come from one shrunken copy; larger ones are made from the picture itself. */
const BASE_SIDE_PX = 1600;

/** Makes a pyramid. The whole picture is read once for all levels up to {@link BASE_SIDE_PX}. */
export function createPyramid(picture: Picture): PicturePyramid {
  const side = Math.max(picture.width, picture.height);
  const baseHalvings = Math.max(0, Math.ceil(Math.log2(side / BASE_SIDE_PX)));
  const levels = new Map<number, Promise<PictureLevel>>();
  const level = (halvings: number): Promise<PictureLevel> => {
    const known = levels.get(halvings);
    if (known !== undefined) return known;
    const made = makeLevel(halvings);
    levels.set(halvings, made);
    return made;
  };
  const makeLevel = async (halvings: number): Promise<PictureLevel> => {
    const width = Math.max(1, Math.round(picture.width / 2 ** halvings));
    const height = Math.max(1, Math.round(picture.height / 2 ** halvings));
    const source = halvings > baseHalvings ? (await level(halvings - 1)).picture : picture;
    return {
      picture: await shrinkPicture(source, width, height),
      scaleX: width / picture.width,
      scaleY: height / picture.height,
    };
  };
  return { level, levelForPart: (halvings) => level(halvings < baseHalvings ? 0 : halvings) };
}
