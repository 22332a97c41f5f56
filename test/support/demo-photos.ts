import { readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { decodePicture } from "../../src/imaging/codec.ts";
import type { Picture } from "../../src/imaging/picture.ts";
import { ROOT } from "./source-modules.ts";

/** How many people each photo of face-api's demo shows, 1 to 6, by eye. */
export const DEMO_PHOTO_FACES = [3, 3, 3, 4, 5, 4] as const;

/** Decodes one of face-api's six demo photos, 1 to 6; the faces are about 200 px wide. */
export function demoPhoto(number: number): Promise<Picture> {
  const folder = path.join(ROOT, "node_modules/@vladmandic/face-api/demo");
  return decodePicture(readFileSync(path.join(folder, `sample${number}.jpg`)));
}

/** Shrinks a picture to a part of its size. */
export async function shrink(picture: Picture, factor: number): Promise<Picture> {
  const { width, height } = picture;
  const size = { width: Math.round(width * factor), height: Math.round(height * factor) };
  const data = await sharp(picture.data, { raw: { width, height, channels: 3 } })
    .resize(size.width, size.height, { fit: "fill", kernel: "lanczos3" })
    .raw()
    .toBuffer();
  return { ...size, data };
}

/** Turns a picture clockwise by quarters. */
export function turnQuarters(picture: Picture, quarters: number): Picture {
  let turned = picture;
  for (let i = 0; i < quarters; i++) turned = turnOnce(turned);
  return turned;
}

function turnOnce({ width, height, data }: Picture): Picture {
  const turned = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      turned.set(data.subarray(from, from + 3), (x * height + height - 1 - y) * 3);
    }
  }
  return { width: height, height: width, data: turned };
}

/** Lays a picture onto a canvas of mid grey. */
export function placeOnCanvas(
  picture: Picture,
  canvas: {
    readonly width: number;
    readonly height: number;
    readonly x: number;
    readonly y: number;
  },
): Picture {
  const data = new Uint8Array(canvas.width * canvas.height * 3).fill(128);
  for (let row = 0; row < picture.height; row++) {
    const from = row * picture.width * 3;
    const line = picture.data.subarray(from, from + picture.width * 3);
    data.set(line, ((canvas.y + row) * canvas.width + canvas.x) * 3);
  }
  return { width: canvas.width, height: canvas.height, data };
}

/** Cuts a rectangle out of a picture. */
export function cutOut(
  picture: Picture,
  rect: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Picture {
  const data = new Uint8Array(rect.width * rect.height * 3);
  for (let row = 0; row < rect.height; row++) {
    const from = ((rect.y + row) * picture.width + rect.x) * 3;
    data.set(picture.data.subarray(from, from + rect.width * 3), row * rect.width * 3);
  }
  return { width: rect.width, height: rect.height, data };
}
