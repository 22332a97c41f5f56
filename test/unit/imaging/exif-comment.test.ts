import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import sharp from "sharp";
import { readExifComment, writeExifComment } from "../../../src/imaging/exif-comment.ts";

test("a comment comes back as it was written", () => {
  for (const text of ["", "a", '{"AIGC":{"Label":"1"}}', "x".repeat(10_000)]) {
    assert.equal(readExifComment(writeExifComment(text)), text);
  }
});

test("a little-endian comment in UTF-16, as another program writes it, is read", async () => {
  const text = "合成 picture";
  const comment = Buffer.concat([Buffer.from("UNICODE\0"), Buffer.from(text, "utf16le")]);
  const head = Buffer.alloc(8 + 18 + 18);
  head.write("II\x2a\0", 0, "latin1");
  head.writeUInt32LE(8, 4);
  for (const [at, tag, type, count, value] of [
    [8, 0x8769, 4, 1, 26],
    [26, 0x9286, 7, comment.length, head.length],
  ] as const) {
    head.writeUInt16LE(1, at);
    head.writeUInt16LE(tag, at + 2);
    head.writeUInt16LE(type, at + 4);
    head.writeUInt32LE(count, at + 6);
    head.writeUInt32LE(value, at + 10);
  }
  assert.equal(readExifComment(Buffer.concat([head, comment])), text);
});

test("a comment that libvips writes is read", async () => {
  const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#888" } })
    .withExif({ IFD2: { UserComment: "hello" } })
    .jpeg()
    .toBuffer();
  const { exif } = await sharp(jpeg).metadata();
  assert.match(readExifComment(exif!.subarray(6)) ?? "", /hello/);
});

test("whatever the bytes are, reading ends without a fault", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      readExifComment(Buffer.concat([Buffer.from("II\x2a\0\x08\0\0\0", "latin1"), bytes]));
      readExifComment(bytes);
    }),
  );
});
