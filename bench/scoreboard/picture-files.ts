import sharp, { type Sharp } from "sharp";
import type { Picture, Rect } from "../../src/imaging/picture.ts";

function raw(picture: Picture): Sharp {
  const { width, height } = picture;
  return sharp(picture.data, { raw: { width, height, channels: 3 } });
}

/** Encodes a picture as PNG, fast rather than small: lossless input for the engine and rows of sheets. */
export async function encodePng(picture: Picture): Promise<Uint8Array> {
  return raw(picture).png({ compressionLevel: 1 }).toBuffer();
}

/** Shrinks a picture to fit a square of `side` px; never enlarges. */
export async function fitInto(picture: Picture, side: number): Promise<Picture> {
  if (Math.max(picture.width, picture.height) <= side) return picture;
  const { data, info } = await raw(picture)
    .resize(side, side, { fit: "inside" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** Cuts out a rectangle, clipped to the picture. */
export function cutOut(picture: Picture, rect: Rect): Picture {
  const x = Math.min(Math.max(0, Math.round(rect.x)), picture.width - 1);
  const y = Math.min(Math.max(0, Math.round(rect.y)), picture.height - 1);
  const width = Math.max(1, Math.min(picture.width, Math.round(rect.x + rect.width)) - x);
  const height = Math.max(1, Math.min(picture.height, Math.round(rect.y + rect.height)) - y);
  const data = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const from = ((y + row) * picture.width + x) * 3;
    data.set(picture.data.subarray(from, from + width * 3), row * width * 3);
  }
  return { width, height, data };
}

/** Lays pictures on a plain grey ground at the given corners. */
export function layOut(
  size: { readonly width: number; readonly height: number },
  parts: readonly { readonly picture: Picture; readonly x: number; readonly y: number }[],
): Picture {
  const data = new Uint8Array(size.width * size.height * 3).fill(40);
  for (const { picture, x, y } of parts) {
    for (let row = 0; row < picture.height && y + row < size.height; row++) {
      const from = row * picture.width * 3;
      const width = Math.min(picture.width, size.width - x);
      data.set(picture.data.subarray(from, from + width * 3), ((y + row) * size.width + x) * 3);
    }
  }
  return { ...size, data };
}
