import sharp from "sharp";
import { greyPng } from "../support/header-pictures.ts";
import { flatJpeg } from "./flat-jpeg.ts";
import { CODES, type PictureCase } from "./picture-case.ts";
import { rawPng, zeroRows } from "./raw-png.ts";
import { seed, seedJpeg } from "./seeds.ts";

const MEBIBYTE = 1024 * 1024;

/** What a picture of these sides is answered with. */
function expectedFor(width: number, height: number): PictureCase["expected"] {
  if (Math.max(width, height) > 8000) return [CODES.tooLarge];
  return Math.min(width, height) < 64 ? [CODES.tooSmall] : "faceless";
}

function sideCase(width: number, height: number): PictureCase {
  const id = width === 1 || height === 1 ? "I-07" : width === 8000 ? "I-08" : "I-01";
  return {
    id,
    what: `${width}x${height}`,
    make: () => flatJpeg({ width, height }),
    expected: expectedFor(width, height),
    asLogo: Math.max(width, height) > 8000 ? [CODES.tooLarge] : ["ok"],
  };
}

/** A small PNG whose header says another size. */
function claimedPng(side: number): Buffer {
  return rawPng({ width: side, height: side, data: zeroRows({}) });
}

const SIDES = [63, 64, 65, 7999, 8000, 8001].flatMap((side) => [
  sideCase(side, 100),
  sideCase(100, side),
]);

/** The seed with a face of about this size on grey. */
async function faceOf(factor: number): Promise<Buffer> {
  const small = await (await seed()).resize(Math.round(220 * factor)).toBuffer();
  const side = Math.round(220 * factor);
  return await sharp(small, { raw: { width: side, height: side, channels: 3 } })
    .extend({ top: 40, bottom: 40, left: 40, right: 40, background: "#808080" })
    .png()
    .toBuffer();
}

/** The seed with bytes behind its end, so that the file has exactly `bytes`. */
async function fileOf(bytes: number): Promise<Buffer> {
  const jpeg = await seedJpeg();
  return Buffer.concat([jpeg, Buffer.alloc(bytes - jpeg.length)]);
}

const LIMIT_BY_URL = 20 * MEBIBYTE;
const byUrl = { isByUrlOnly: true, isOnce: true } as const;

/** Sides, numbers of pixels and numbers of bytes at their limits and far beyond: I-01 to I-22. */
export const SIZE_CASES: readonly PictureCase[] = [
  ...SIDES,
  sideCase(1, 8000),
  sideCase(8000, 1),
  sideCase(8000, 64),
  {
    id: "I-09",
    what: "64x64, no face",
    make: () => flatJpeg({ width: 64, height: 64 }),
    expected: "faceless",
  },
  {
    id: "I-10",
    what: "a face far under 34 px",
    make: () => faceOf(0.18),
    expected: [CODES.smallFace, CODES.faceless],
    asLogo: "good",
  },
  {
    id: "I-11",
    what: "20 MiB - 1 by URL",
    make: () => fileOf(LIMIT_BY_URL - 1),
    expected: "good",
    ...byUrl,
  },
  {
    id: "I-12",
    what: "20 MiB by URL",
    make: () => fileOf(LIMIT_BY_URL),
    expected: "good",
    ...byUrl,
  },
  {
    id: "I-13",
    what: "20 MiB + 1 by URL",
    make: () => fileOf(LIMIT_BY_URL + 1),
    expected: [CODES.tooManyBytes],
    ...byUrl,
  },
  // 10 MiB of base64 are 7 864 320 bytes.
  {
    id: "I-14",
    what: "10 MiB - 4 of base64",
    make: () => fileOf(7_864_317),
    expected: "good",
    isByBase64Only: true,
    isOnce: true,
  },
  {
    id: "I-15",
    what: "10 MiB of base64",
    make: () => fileOf(7_864_320),
    expected: "good",
    isByBase64Only: true,
    isOnce: true,
  },
  {
    id: "I-16",
    what: "10 MiB + 4 of base64",
    make: () => fileOf(7_864_321),
    expected: [CODES.tooManyBytes],
    isByBase64Only: true,
    isOnce: true,
  },
  {
    id: "I-17",
    what: "7999x7999 in 65 KB",
    make: () => greyPng(7999, 7999),
    expected: "faceless",
    isHeavy: true,
    isOnce: true,
  },
  ...Object.entries({ "I-18": 16_000, "I-19": 30_000, "I-20": 65_535 }).map(([id, side]) => ({
    id,
    what: `a PNG that says ${side}x${side}`,
    make: () => claimedPng(side),
    expected: [CODES.tooLarge],
  })),
  {
    id: "I-21",
    what: "a PNG that says 2147483647x2147483647",
    make: () => claimedPng(2 ** 31 - 1),
    expected: [CODES.tooLarge],
  },
  {
    id: "I-22",
    what: "a PNG that says 0x0",
    make: () => claimedPng(0),
    expected: "undecodable",
  },
];
