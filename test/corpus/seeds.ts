import sharp, { type Sharp } from "sharp";
import { aPortrait } from "../support/portraits.ts";

/** Side of the seed, px; its face takes half of it. */
export const SEED_SIDE_PX = 220;

let drawn: Promise<Buffer> | undefined;

/** The picture of a face that every good case is made of, as a pipeline of sharp, to be written in any way. */
export async function seed(): Promise<Sharp> {
  drawn ??= aPortrait("smiling", { sizePx: SEED_SIDE_PX }).then((png) =>
    sharp(png).removeAlpha().raw().toBuffer(),
  );
  const raw = { width: SEED_SIDE_PX, height: SEED_SIDE_PX, channels: 3 as const };
  return sharp(await drawn, { raw });
}

/** The seed as a usual JPEG. */
export async function seedJpeg(): Promise<Buffer> {
  return await (await seed()).jpeg({ quality: 90 }).toBuffer();
}

/** The seed as a usual PNG. */
export async function seedPng(): Promise<Buffer> {
  return await (await seed()).png().toBuffer();
}
