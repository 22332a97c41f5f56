import { deflateSync } from "node:zlib";
import sharp from "sharp";
import type { PictureCase } from "./picture-case.ts";
import {
  chunk,
  END_CHUNK,
  headerChunk,
  PNG_START,
  rawPng,
  zeroRows,
  zerosDeflated,
} from "./raw-png.ts";
import { seed, seedJpeg, seedPng } from "./seeds.ts";

const NONE = Buffer.alloc(0);

/** Puts chunks behind the header of a good PNG. */
async function seedWith(...chunks: readonly Uint8Array[]): Promise<Buffer> {
  const png = await seedPng();
  // Signature 8, header chunk 25 bytes.
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

const text = (type: string, head: string, mebibytes: number): Buffer =>
  chunk(type, Buffer.concat([Buffer.from(head, "latin1"), zerosDeflated(mebibytes)]));

const STRUCTURE: readonly PictureCase[] = [
  {
    id: "I-23",
    what: "a gibibyte behind a header of 100x100",
    make: () => rawPng({ width: 100, height: 100, data: zerosDeflated(1024) }),
    expected: "either",
  },
  {
    id: "I-23",
    what: "too few rows",
    make: () => rawPng({ width: 100, height: 100, data: zeroRows({ width: 100, height: 40 }) }),
    expected: "undecodable",
  },
  {
    id: "I-23",
    what: "a zlib stream that asks for a dictionary",
    make: () =>
      rawPng({ data: Buffer.concat([Buffer.from([0x78, 0xbb, 0, 0, 0, 1]), zeroRows({})]) }),
    expected: "undecodable",
  },
  {
    id: "I-24",
    what: "100 000 chunks",
    make: () => seedWith(...new Array<Buffer>(100_000).fill(chunk("teSt", NONE))),
    expected: "either",
    asLogo: "either",
  },
  {
    id: "I-24",
    what: "64 MiB in a zTXt",
    make: () => seedWith(text("zTXt", "a\0\0", 64)),
    expected: "either",
  },
  {
    id: "I-24",
    what: "64 MiB in an iTXt",
    make: () => seedWith(text("iTXt", "a\0\x01\0\0\0", 64)),
    expected: "either",
  },
  {
    id: "I-24",
    what: "64 MiB in an iCCP",
    make: () => seedWith(text("iCCP", "a\0\0", 64)),
    expected: "either",
  },
  {
    id: "I-24",
    what: "an sRGB chunk that says it has a gibibyte",
    make: () => seedWith(chunk("sRGB", Buffer.from([0]), { length: 2 ** 30 })),
    expected: "undecodable",
  },
  ...["IHDR", "IDAT"].map((type) => ({
    id: "I-25",
    what: `a wrong checksum of ${type}`,
    make: async () => {
      const png = Buffer.from(await seedPng());
      const at = png.indexOf(type);
      const length = png.readUInt32BE(at - 4);
      const checksumAt = at + 4 + length;
      png[checksumAt] = png[checksumAt]! ^ 0xff;
      return png;
    },
    expected: "undecodable" as const,
  })),
  {
    id: "I-25",
    what: "a wrong checksum of PLTE",
    make: () =>
      rawPng({ colour: 3, before: [chunk("PLTE", Buffer.alloc(6, 100), { checksum: 1 })] }),
    expected: "undecodable",
  },
  {
    id: "I-25",
    what: "no IEND",
    make: async () => (await seedPng()).subarray(0, -12),
    expected: "either",
    asLogo: "either",
  },
  {
    id: "I-25",
    what: "IEND first",
    make: () => Buffer.concat([PNG_START, END_CHUNK, headerChunk({}), chunk("IDAT", zeroRows({}))]),
    expected: "undecodable",
  },
  {
    id: "I-25",
    what: "two headers",
    make: () => rawPng({ before: [headerChunk({ width: 8000, height: 8000 })] }),
    expected: "undecodable",
  },
  {
    id: "I-25",
    what: "a palette behind the pixels",
    make: () => rawPng({ colour: 3, after: [chunk("PLTE", Buffer.alloc(6, 100))] }),
    expected: "undecodable",
  },
  {
    id: "I-25",
    what: "no pixels",
    make: () => Buffer.concat([PNG_START, headerChunk({}), END_CHUNK]),
    expected: "undecodable",
  },
];

const DEPTHS: readonly (readonly [colour: number, depths: readonly number[]])[] = [
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [4, [8, 16]],
  [6, [8, 16]],
];

const KINDS: readonly PictureCase[] = [
  ...DEPTHS.flatMap(([colour, depths]) =>
    depths.map((depth) => ({
      id: "I-26",
      what: `colour type ${colour} of ${depth} bits`,
      make: () => rawPng({ colour, depth, width: 80, height: 80 }),
      expected: "faceless" as const,
    })),
  ),
  ...[1, 2, 4, 8].map((depth) => ({
    id: "I-26",
    what: `a palette of ${depth} bits`,
    make: () => rawPng({ colour: 3, depth, before: [chunk("PLTE", Buffer.alloc(6, 90))] }),
    expected: "faceless" as const,
  })),
  {
    id: "I-26",
    what: "interlaced",
    make: async () => (await seed()).png({ progressive: true }).toBuffer(),
    expected: "good",
  },
  {
    id: "I-26",
    what: "palette of a photo",
    make: async () => (await seed()).png({ palette: true }).toBuffer(),
    expected: "good",
  },
  {
    id: "I-26",
    what: "grey photo",
    make: async () => (await seed()).greyscale().png().toBuffer(),
    expected: "good",
  },
  {
    id: "I-26",
    what: "16 bits of a photo",
    make: async () => (await seed()).toColourspace("rgb16").png().toBuffer(),
    expected: "good",
  },
  {
    id: "I-26",
    what: "a transparent colour",
    make: () => seedWith(chunk("tRNS", Buffer.from([0, 1, 0, 2, 0, 3]))),
    expected: "good",
  },
  {
    id: "I-26",
    what: "a gamma",
    make: () => seedWith(chunk("gAMA", Buffer.from([0, 0, 0xb1, 0x8f]))),
    expected: "good",
  },
  {
    id: "I-26",
    what: "a gamma of 0",
    make: () => seedWith(chunk("gAMA", Buffer.alloc(4))),
    expected: "either",
  },
  {
    id: "I-26",
    what: "a cICP",
    make: () => seedWith(chunk("cICP", Buffer.from([9, 16, 0, 1]))),
    expected: "good",
  },
  {
    id: "I-26",
    what: "animated",
    make: async () => {
      const control = Buffer.alloc(26);
      control.writeUInt32BE(220, 4);
      control.writeUInt32BE(220, 8);
      return seedWith(chunk("acTL", Buffer.from([0, 0, 0, 1, 0, 0, 0, 0])), chunk("fcTL", control));
    },
    expected: "good",
  },
  {
    id: "I-34",
    what: "a broken profile",
    make: () => seedWith(chunk("iCCP", Buffer.from("a\0\0xxxx"))),
    expected: "either",
  },
  {
    id: "I-34",
    what: "a profile of 8 MiB",
    make: () => seedWith(chunk("iCCP", Buffer.concat([Buffer.from("a\0\0"), zerosDeflated(8)]))),
    expected: "either",
  },
  {
    id: "I-55",
    what: "a JPEG within a text chunk",
    make: async () =>
      seedWith(chunk("tEXt", Buffer.concat([Buffer.from("a\0"), await seedJpeg()]))),
    expected: "either",
  },
  {
    id: "I-58",
    what: "fully transparent",
    make: async () => (await seed()).ensureAlpha(0).png().toBuffer(),
    expected: "either",
  },
  {
    id: "I-58",
    what: "nothing but alpha",
    make: () => rawPng({ colour: 4, width: 90, height: 90 }),
    expected: "faceless",
  },
  {
    id: "I-58",
    what: "alpha of 16 bits",
    make: async () => (await seed()).ensureAlpha(0.5).toColourspace("rgb16").png().toBuffer(),
    expected: "either",
  },
  {
    id: "I-59",
    what: "one colour",
    make: () =>
      sharp({ create: { width: 200, height: 200, channels: 3, background: "#c08060" } })
        .png()
        .toBuffer(),
    expected: "faceless",
  },
  {
    id: "I-59",
    what: "noise",
    make: () =>
      rawPng({
        width: 128,
        height: 128,
        data: deflateSync(
          Buffer.from(
            Array.from({ length: 129 * 128 }, (_, i) => (i % 129 === 0 ? 0 : (i * 7919) % 251)),
          ),
        ),
      }),
    expected: "faceless",
  },
];

/** PNG files: what their structure may lie about, and all kinds that are allowed. I-23 to I-26, I-34, I-55, I-58, I-59. */
export const PNG_CASES: readonly PictureCase[] = [...STRUCTURE, ...KINDS];
