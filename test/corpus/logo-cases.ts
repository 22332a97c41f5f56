import sharp from "sharp";
import { greyPng } from "../support/header-pictures.ts";
import { flatJpeg } from "./flat-jpeg.ts";
import { CODES, type PictureCase } from "./picture-case.ts";
import { seed } from "./seeds.ts";

const single = (alpha: number): Promise<Buffer> =>
  sharp({ create: { width: 1, height: 1, channels: 4, background: { r: 9, g: 9, b: 9, alpha } } })
    .png()
    .toBuffer();

/** Pictures that are special as a logo, of which other sizes are allowed: for that position only. I-70. */
export const LOGO_CASES: readonly PictureCase[] = [
  { what: "a PNG of 1x1", make: () => single(1), expected: ["ok"] as const },
  { what: "a transparent PNG of 1x1", make: () => single(0), expected: ["ok"] as const },
  {
    what: "a JPEG of 1x1",
    make: () => flatJpeg({ width: 1, height: 1 }),
    expected: ["ok"] as const,
  },
  { what: "8000x8000", make: () => greyPng(8000, 8000), expected: ["ok"] as const },
  { what: "8001x1", make: () => greyPng(8001, 1), expected: [CODES.tooLarge] as const },
  { what: "1x8000", make: () => greyPng(1, 8000), expected: ["ok"] as const },
  {
    what: "half transparent",
    make: async () => (await seed()).ensureAlpha(0.5).png().toBuffer(),
    expected: ["ok"] as const,
  },
].map((one) => ({ id: "I-70", ...one }));

/** Places for a logo on a template of 220x220, and what they are answered with: what lies outside is cut off. I-70. */
export const LOGO_RECTS = [
  { what: "all of the picture", rect: [0, 0, 220, 220], expected: "ok" },
  { what: "over two edges", rect: [200, 210, 100, 100], expected: "ok" },
  { what: "the last pixel", rect: [219, 219, 1, 1], expected: "ok" },
  { what: "the largest place", rect: [0, 0, 2160, 2160], expected: "ok" },
  { what: "a line", rect: [0, 5, 2160, 1], expected: "ok" },
  { what: "behind the picture", rect: [220, 220, 10, 10], expected: "ok" },
  { what: "far outside", rect: [2 ** 53 - 1, 0, 2160, 10], expected: "ok" },
  { what: "before the picture", rect: [-1, 0, 10, 10], expected: CODES.badRect },
  { what: "nothing", rect: [0, 0, 0, 0], expected: CODES.badRect },
  { what: "no height", rect: [0, 0, 10, 0], expected: CODES.badRect },
  { what: "a negative size", rect: [10, 10, -5, -5], expected: CODES.badRect },
  { what: "a huge place", rect: [0, 0, 2161, 10], expected: CODES.badRect },
] as const;
