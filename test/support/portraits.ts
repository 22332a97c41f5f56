import { readFile } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { ROOT } from "./source-modules.ts";

/** Photos of a development dependency; each shows several women at a party. */
const PHOTOS = path.join(ROOT, "node_modules/@vladmandic/face-api/demo");

/** Places of single faces, their boxes in px of their photo, named for what tests want of them. */
const FACES = {
  smiling: { photo: "sample3.jpg", x: 1073, y: 237, width: 228, height: 270 },
  laughing: { photo: "sample3.jpg", x: 1472, y: 325, width: 220, height: 251 },
  serious: { photo: "sample3.jpg", x: 592, y: 352, width: 207, height: 249 },
  leaning: { photo: "sample1.jpg", x: 1462, y: 225, width: 216, height: 214 },
  eyesClosed: { photo: "sample1.jpg", x: 832, y: 447, width: 205, height: 205 },
  speaking: { photo: "sample5.jpg", x: 355, y: 898, width: 231, height: 274 },
  whiteTeeth: { photo: "sample6.jpg", x: 667, y: 364, width: 226, height: 262 },
  calm: { photo: "sample6.jpg", x: 248, y: 517, width: 224, height: 244 },
} as const;

/** A face that {@link aPortrait} can show. */
export type Sitter = keyof typeof FACES;

/** How a portrait is to be cut and stored. */
export interface PortraitOptions {
  /** Side of the square picture, 256 by default; the face takes half of it. */
  readonly sizePx?: number;
  readonly format?: "png" | "jpeg";
}

/** Cuts one face with its hair and shoulders out of its photo: a square, encoded. */
export async function aPortrait(sitter: Sitter, options: PortraitOptions = {}): Promise<Buffer> {
  const { photo, x, y, width, height } = FACES[sitter];
  const { sizePx = 256, format = "png" } = options;
  const side = 2 * Math.max(width, height);
  const image = sharp(await readFile(path.join(PHOTOS, photo))).extract({
    left: Math.round(x + (width - side) / 2),
    top: Math.round(y + (height - side) / 2),
    width: side,
    height: side,
  });
  const sized = image.resize(sizePx, sizePx);
  return format === "png"
    ? sized.png().toBuffer()
    : sized.jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer();
}

/** Three faces side by side, PNG, with each face's box from left to right. */
export async function aGroupPhoto(widthPx = 800) {
  const photo = await readFile(path.join(PHOTOS, "sample3.jpg"));
  const scale = widthPx / 1920;
  const image = await sharp(photo).resize({ width: widthPx }).png().toBuffer();
  const boxes = [FACES.serious, FACES.smiling, FACES.laughing].map((face) => ({
    x: face.x * scale,
    y: face.y * scale,
    width: face.width * scale,
    height: face.height * scale,
  }));
  return { image, boxes };
}
