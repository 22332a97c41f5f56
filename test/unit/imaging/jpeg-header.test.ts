import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { readJpegHeader } from "../../../src/imaging/jpeg-header.ts";
import { exifBlock, jpegFrame, jpegSegment, withExif } from "../../support/header-pictures.ts";

const SOI = Buffer.from([0xff, 0xd8]);
const SCAN = jpegSegment(0xda, Buffer.from([3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]));

function aJpeg(...segments: Uint8Array[]): Buffer {
  return Buffer.concat([SOI, ...segments, SCAN, Buffer.from([1, 2, 3])]);
}

const plain = aJpeg(jpegSegment(0xc0, jpegFrame(300, 200)));

test("the size is read from every kind of frame header", () => {
  for (const marker of [0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc9, 0xca, 0xcf]) {
    const jpeg = aJpeg(
      jpegSegment(0xdb, Buffer.alloc(65)),
      jpegSegment(marker, jpegFrame(300, 200)),
    );
    assert.deepEqual(readJpegHeader(jpeg), { width: 300, height: 200, orientation: 1 });
  }
});

test("tables between the segments are not taken for a frame header", () => {
  const tables = [0xc4, 0xc8, 0xcc].map((marker) => jpegSegment(marker, jpegFrame(9, 9)));
  const jpeg = aJpeg(...tables, jpegSegment(0xc0, jpegFrame(300, 200)));
  assert.equal(readJpegHeader(jpeg)?.width, 300);
});

test("the orientation is read in both byte orders", () => {
  for (let orientation = 1; orientation <= 8; orientation++) {
    for (const isLittleEndian of [true, false]) {
      const jpeg = withExif(plain, exifBlock(orientation, isLittleEndian));
      assert.equal(readJpegHeader(jpeg)?.orientation, orientation);
    }
  }
});

test("an orientation that is none, or of another type, counts as upright", () => {
  for (const value of [0, 9, 65535]) {
    assert.equal(readJpegHeader(withExif(plain, exifBlock(value)))?.orientation, 1);
  }
  assert.equal(readJpegHeader(withExif(plain, exifBlock(6, true, 4)))?.orientation, 1);
});

test("of two EXIF segments the first counts", () => {
  const jpeg = withExif(withExif(plain, exifBlock(3)), exifBlock(6));
  assert.equal(readJpegHeader(jpeg)?.orientation, 6);
});

test("fill bytes before a marker are skipped", () => {
  const jpeg = Buffer.concat([SOI, Buffer.alloc(9, 0xff), plain.subarray(2)]);
  assert.equal(readJpegHeader(jpeg)?.height, 200);
});

const BROKEN: readonly (readonly [string, Buffer])[] = [
  ["no frame header before the scan", aJpeg()],
  [
    "two frame headers",
    aJpeg(jpegSegment(0xc0, jpegFrame(9, 9)), jpegSegment(0xc0, jpegFrame(8, 8))),
  ],
  ["a height of 0", aJpeg(jpegSegment(0xc0, jpegFrame(300, 0)))],
  ["a width of 0", aJpeg(jpegSegment(0xc0, jpegFrame(0, 200)))],
  ["no components", aJpeg(jpegSegment(0xc0, Buffer.from([8, 0, 9, 0, 9, 0])))],
  ["a short frame header", aJpeg(jpegSegment(0xc0, Buffer.from([8, 0, 9])))],
  ["a segment length of 1", aJpeg(Buffer.from([0xff, 0xe0, 0, 1]))],
  ["a second start", aJpeg(SOI, jpegSegment(0xc0, jpegFrame(9, 9)))],
  ["an end before the scan", Buffer.concat([SOI, Buffer.from([0xff, 0xd9]), plain.subarray(2)])],
  ["nothing but a start", SOI],
  [
    "a hundred thousand empty segments",
    aJpeg(Buffer.alloc(400_000, Buffer.from([0xff, 0xe5, 0, 2])), plain.subarray(2)),
  ],
];

for (const [what, jpeg] of BROKEN) {
  test(`a JPEG with ${what} has no header`, () => {
    assert.equal(readJpegHeader(jpeg), undefined);
  });
}

test("a header that is cut anywhere before the scan is none", () => {
  const end = plain.length - SCAN.length - 3;
  for (let length = 2; length <= end; length++) {
    assert.equal(readJpegHeader(plain.subarray(0, length)), undefined);
  }
});

test("any bytes are read without a fault, and what is found is a possible size", () => {
  const start = withExif(plain, exifBlock(6));
  const mutation = fc.array(fc.tuple(fc.nat(start.length - 1), fc.nat(255)), { maxLength: 6 });
  fc.assert(
    fc.property(mutation, fc.uint8Array({ maxLength: 60 }), (changes, tail) => {
      const bytes = Buffer.concat([start, tail]);
      for (const [at, value] of changes) bytes[at] = value;
      const found = readJpegHeader(bytes);
      if (found === undefined) return;
      assert.ok(found.width > 0 && found.width <= 0xffff);
      assert.ok(found.height > 0 && found.height <= 0xffff);
      assert.ok(found.orientation >= 1 && found.orientation <= 8);
    }),
    { numRuns: 2000 },
  );
});
