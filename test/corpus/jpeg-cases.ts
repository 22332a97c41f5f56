import { exifBlock, jpegSegment, withExif } from "../support/header-pictures.ts";
import { type FlatComponent, flatJpeg } from "./flat-jpeg.ts";
import type { PictureCase } from "./picture-case.ts";
import { seed, seedJpeg, seedPng } from "./seeds.ts";

const FACELESS_SIZE = { width: 96, height: 96 } as const;
const YCC: readonly FlatComponent[] = [
  { id: 1, sampling: 0x11 },
  { id: 2, sampling: 0x11 },
  { id: 3, sampling: 0x11 },
];

/** Puts segments behind the start of the good JPEG. */
async function seedWith(...segments: readonly Uint8Array[]): Promise<Buffer> {
  const jpeg = await seedJpeg();
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

/** Changes bytes of the good JPEG, counted from a marker's first byte. */
async function seedChanged(
  marker: number,
  change: (bytes: Buffer, at: number) => void,
): Promise<Buffer> {
  const jpeg = Buffer.from(await seedJpeg());
  change(jpeg, jpeg.indexOf(Buffer.from([0xff, marker])));
  return jpeg;
}

const sampled = (luma: number): readonly FlatComponent[] =>
  YCC.map((one, i) => ({ ...one, sampling: i === 0 ? luma : 0x11 }));

const KINDS: readonly PictureCase[] = [
  {
    id: "I-27",
    what: "progressive",
    make: async () => (await seed()).jpeg({ progressive: true }).toBuffer(),
    expected: "good",
  },
  {
    id: "I-27",
    what: "grey",
    make: async () => (await seed()).greyscale().jpeg().toBuffer(),
    expected: "good",
  },
  {
    id: "I-27",
    what: "CMYK",
    make: async () => (await seed()).toColourspace("cmyk").jpeg().toBuffer(),
    expected: "good",
  },
  {
    id: "I-27",
    what: "4:2:0",
    make: async () => (await seed()).jpeg({ chromaSubsampling: "4:2:0" }).toBuffer(),
    expected: "good",
  },
  {
    id: "I-27",
    what: "4:1:1",
    make: () => flatJpeg({ ...FACELESS_SIZE, components: sampled(0x41) }),
    expected: "faceless",
  },
  {
    id: "I-27",
    what: "4:4:0",
    make: () => flatJpeg({ ...FACELESS_SIZE, components: sampled(0x12) }),
    expected: "faceless",
  },
  {
    id: "I-27",
    what: "restart markers",
    make: () => flatJpeg({ ...FACELESS_SIZE, restartEvery: 3 }),
    expected: "faceless",
  },
  {
    id: "I-27",
    what: "extended",
    make: () => flatJpeg({ ...FACELESS_SIZE, frame: 0xc1 }),
    expected: "faceless",
  },
  {
    id: "I-27",
    what: "12 bits",
    make: () => flatJpeg({ ...FACELESS_SIZE, frame: 0xc1, precision: 12 }),
    expected: "undecodable",
  },
  {
    id: "I-27",
    what: "lossless",
    make: () => flatJpeg({ ...FACELESS_SIZE, frame: 0xc3 }),
    expected: "either",
  },
  {
    id: "I-27",
    what: "arithmetic",
    make: () => flatJpeg({ ...FACELESS_SIZE, frame: 0xc9 }),
    expected: "either",
  },
  {
    id: "I-27",
    what: "Adobe's mark",
    make: () => seedWith(jpegSegment(0xee, Buffer.from("Adobe\0\x64\0\0\0\0\x01"))),
    expected: "either",
  },
  ...[50, 95].map((moreScans) => ({
    id: "I-28",
    what: `${moreScans} scans`,
    make: () => flatJpeg({ width: 1000, height: 1000, frame: 0xc2, moreScans }),
    expected: "faceless" as const,
  })),
  ...[101, 700, 10_000].map((moreScans) => ({
    id: "I-28",
    what: `${moreScans} scans`,
    make: () => flatJpeg({ width: 200, height: 200, frame: 0xc2, moreScans }),
    expected: "undecodable" as const,
  })),
  {
    id: "I-28",
    what: "95 scans over 64 megapixels",
    make: () => flatJpeg({ width: 7999, height: 7999, frame: 0xc2, moreScans: 95 }),
    expected: "undecodable",
  },
];

const LIES: readonly PictureCase[] = [
  ...[0, 2, 5, 255].map((count) => ({
    id: "I-29",
    what: `${count} components`,
    make: () => seedChanged(0xc0, (bytes, at) => bytes.writeUInt8(count, at + 9)),
    expected: "undecodable" as const,
  })),
  ...[0x00, 0x01, 0x10, 0xff, 0x55].map((sampling) => ({
    id: "I-29",
    what: `sampling ${sampling.toString(16).padStart(2, "0")}`,
    make: () => seedChanged(0xc0, (bytes, at) => bytes.writeUInt8(sampling, at + 11)),
    expected: "undecodable" as const,
  })),
  {
    id: "I-29",
    what: "two frames",
    make: async () => {
      const jpeg = await seedJpeg();
      const at = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
      const frame = jpeg.subarray(at, at + 2 + jpeg.readUInt16BE(at + 2));
      return Buffer.concat([jpeg.subarray(0, at), frame, jpeg.subarray(at)]);
    },
    expected: "undecodable",
  },
  {
    id: "I-29",
    what: "height behind the scan",
    make: () => flatJpeg({ ...FACELESS_SIZE, hasLateHeight: true }),
    expected: "undecodable",
  },
  {
    id: "I-29",
    what: "height 0",
    make: () => seedChanged(0xc0, (bytes, at) => bytes.writeUInt16BE(0, at + 5)),
    expected: "undecodable",
  },
  {
    id: "I-29",
    what: "a Huffman table with 255 codes of one bit",
    make: () => seedChanged(0xc4, (bytes, at) => bytes.writeUInt8(255, at + 5)),
    expected: "undecodable",
  },
  {
    id: "I-29",
    what: "a quantiser of another number",
    make: () => seedChanged(0xdb, (bytes, at) => bytes.writeUInt8(0x0f, at + 4)),
    expected: "undecodable",
  },
  {
    id: "I-29",
    what: "no tables",
    make: async () => withoutTables(await seedJpeg()),
    expected: "either",
    asLogo: "either",
  },
];

function withoutTables(jpeg: Buffer): Buffer {
  const first = jpeg.indexOf(Buffer.from([0xff, 0xc4]));
  const scan = jpeg.indexOf(Buffer.from([0xff, 0xda]));
  return Buffer.concat([jpeg.subarray(0, first), jpeg.subarray(scan)]);
}

/** An EXIF block whose directory points to itself, and whose entry to another one as well. */
function loopingExif(): Buffer {
  const block = Buffer.alloc(38);
  block.write("II*\0", 0, "latin1");
  block.writeUInt32LE(8, 4);
  block.writeUInt16LE(2, 8);
  block.writeUInt16LE(0x8769, 10);
  block.writeUInt16LE(4, 12);
  block.writeUInt32LE(1, 14);
  block.writeUInt32LE(8, 18);
  block.writeUInt16LE(0x0112, 22);
  block.writeUInt16LE(3, 24);
  block.writeUInt32LE(1, 26);
  block.writeUInt16LE(1, 30);
  block.writeUInt32LE(8, 34);
  return block;
}

const segments = (marker: number, head: string, total: number): readonly Buffer[] =>
  Array.from({ length: Math.ceil(total / 60_000) }, () =>
    jpegSegment(marker, Buffer.concat([Buffer.from(head, "latin1"), Buffer.alloc(60_000, 0x41)])),
  );

const METADATA: readonly PictureCase[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) => ({
    id: "I-32",
    what: `orientation ${orientation}`,
    // The picture itself lies on its side or its head then: what is found of the face is not the point here.
    make: async () => withExif(await seedJpeg(), exifBlock(orientation)),
    expected: orientation <= 2 ? ("good" as const) : ("either" as const),
    asLogo: "good" as const,
  })),
  ...[0, 9, 65_535].map((orientation) => ({
    id: "I-32",
    what: `orientation ${orientation}`,
    make: async () => withExif(await seedJpeg(), exifBlock(orientation)),
    expected: "good" as const,
  })),
  {
    id: "I-32",
    what: "two orientations",
    make: async () => withExif(withExif(await seedJpeg(), exifBlock(1)), exifBlock(6)),
    expected: "either",
  },
  {
    id: "I-33",
    what: "directories in a circle",
    make: async () => withExif(await seedJpeg(), loopingExif()),
    expected: "good",
  },
  {
    id: "I-33",
    what: "a thumbnail of a face",
    make: async () => {
      const thumbnail = await (await seed()).resize(100).jpeg().toBuffer();
      return withExif(await seedJpeg(), Buffer.concat([exifBlock(1), thumbnail]));
    },
    expected: "good",
  },
  {
    id: "I-33",
    what: "a place and a serial number",
    make: async () =>
      (await seed())
        .withExif({
          IFD0: { Copyright: "metadata-payload" },
          IFD2: { BodySerialNumber: "metadata-payload", MakerNote: "metadata-payload" },
          IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 30/1 3230/100" },
        })
        .jpeg()
        .toBuffer(),
    expected: "good",
  },
  {
    id: "I-33",
    what: "8 MB of EXIF",
    make: () => seedWith(...segments(0xe1, "Exif\0\0", 7_000_000)),
    expected: "either",
  },
  {
    id: "I-34",
    what: "a broken profile",
    make: () => seedWith(jpegSegment(0xe2, Buffer.from("ICC_PROFILE\0\x01\x01broken"))),
    expected: "either",
  },
  {
    id: "I-34",
    what: "a profile in 200 parts",
    make: () =>
      seedWith(
        ...Array.from({ length: 200 }, (_, i) =>
          jpegSegment(
            0xe2,
            Buffer.concat([
              Buffer.from("ICC_PROFILE\0"),
              Buffer.from([i + 1, 200]),
              Buffer.alloc(500),
            ]),
          ),
        ),
      ),
    expected: "either",
  },
  {
    id: "I-34",
    what: "a wide gamut",
    make: async () => (await seed()).withIccProfile("p3").jpeg().toBuffer(),
    expected: "good",
  },
  {
    id: "I-35",
    what: "7 MB of XMP",
    make: () => seedWith(...segments(0xe1, "http://ns.adobe.com/xap/1.0/\0", 7_000_000)),
    expected: "either",
  },
  {
    id: "I-35",
    what: "XMP with entities",
    make: () =>
      seedWith(
        jpegSegment(
          0xe1,
          Buffer.from(
            'http://ns.adobe.com/xap/1.0/\0<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]><x>&b;</x>',
          ),
        ),
      ),
    expected: "good",
  },
  {
    id: "I-36",
    what: "two pictures (MPO)",
    make: async () => Buffer.concat([await seedJpeg(), await seedJpeg()]),
    expected: "good",
  },
  {
    id: "I-36",
    what: "a film behind it",
    make: async () =>
      Buffer.concat([
        await seedJpeg(),
        Buffer.from("\0\0\0\x18ftypmp42"),
        Buffer.alloc(100_000, 7),
      ]),
    expected: "good",
  },
  {
    id: "I-36",
    what: "50 MB behind it",
    make: async () => Buffer.concat([await seedJpeg(), Buffer.alloc(50_000_000)]),
    expected: ["FailedOperation.ImageSizeExceed"],
    isByUrlOnly: true,
    isOnce: true,
  },
  {
    id: "I-55",
    what: "a PNG within a segment",
    make: async () => seedWith(jpegSegment(0xe5, (await seedPng()).subarray(0, 60_000))),
    expected: "good",
  },
];

/** JPEG files: all kinds, scan bombs, lies of their structure, metadata. I-27 to I-29, I-32 to I-36, I-55. */
export const JPEG_CASES: readonly PictureCase[] = [...KINDS, ...LIES, ...METADATA];
