import assert from "node:assert/strict";
import test from "node:test";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import sharp from "sharp";
import { findLabels } from "../../../src/labels/find-labels.ts";
import { exifBlock, greyPng, jpegSegment, pngChunk } from "../../support/header-pictures.ts";

const FIELD = {
  Label: "2",
  ContentProducer: "001191440300708461136T1WFUO",
  ProduceID: "x",
  ReservedCode1: "",
  ContentPropagator: "p",
  PropagateID: "y",
  ReservedCode2: "",
};

/** A PNG of nothing with more chunks behind its header. */
function pngWith(...chunks: readonly Buffer[]): Buffer {
  const png = greyPng(8, 8);
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

async function jpegWith(...segments: readonly Buffer[]): Promise<Buffer> {
  const jpeg = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#888" } })
    .jpeg()
    .toBuffer();
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

const xmp = (properties: string): string =>
  `<x:xmpmeta><rdf:RDF><rdf:Description ${properties}/></rdf:RDF></x:xmpmeta>`;

test("a label in an attribute of XMP is read like one in an element", async () => {
  const text = JSON.stringify(FIELD).replaceAll('"', "&quot;");
  const packet = xmp(`xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/" TC260:AIGC="${text}"`);
  const payload = Buffer.from(`http://ns.adobe.com/xap/1.0/\0${packet}`);
  const found = findLabels(await jpegWith(jpegSegment(0xe1, payload)), "jpeg");
  assert.deepEqual(
    found.aigc.map(({ carrier, field }) => [carrier, field]),
    [["XMP", FIELD]],
  );
});

test("a text that is no field is told of as it stands, without a field", () => {
  for (const text of [
    "",
    "not JSON",
    "{}",
    '{"Label":1}',
    JSON.stringify({ ...FIELD, More: "" }),
  ]) {
    const found = findLabels(pngWith(pngChunk("tEXt", Buffer.from(`AIGC\0${text}`))), "png");
    assert.deepEqual(found.aigc, [{ carrier: "PNG tEXt", text, field: undefined }]);
  }
});

test("another program's EXIF, profile, comment and manifest are told of by name", async () => {
  const jpeg = await jpegWith(
    jpegSegment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), exifBlock(6)])),
    jpegSegment(0xe2, Buffer.from("ICC_PROFILE\0\x01\x01....", "latin1")),
    jpegSegment(0xeb, Buffer.from("JP..", "latin1")),
    jpegSegment(0xed, Buffer.from("Photoshop 3.0\x008BIM")),
    jpegSegment(0xef, Buffer.from("??")),
    jpegSegment(0xfe, Buffer.from("hello")),
  );
  const found = findLabels(jpeg, "jpeg");
  assert.equal(found.hasC2pa, true);
  assert.deepEqual(found.others, [
    "EXIF without a comment (26 bytes)",
    "ICC profile (6 bytes)",
    "Photoshop and IPTC-IIM resources (4 bytes)",
    "application segment 15 (2 bytes)",
    "comment (5 bytes)",
  ]);
});

test("compressed texts of a PNG are named and never unpacked", () => {
  const compressed = Buffer.concat([
    Buffer.from("XML:com.adobe.xmp\0\x01\0\0\0", "latin1"),
    deflateSync(Buffer.from(xmp('TC260:AIGC="{}"'))),
  ]);
  const png = pngWith(
    pngChunk("iTXt", compressed),
    pngChunk("zTXt", Buffer.from("Comment\0\0..", "latin1")),
    pngChunk("tEXt", Buffer.from("Author\0somebody")),
    pngChunk("iCCP", Buffer.from("p3\0\0..", "latin1")),
    pngChunk("caBX", Buffer.from("....")),
  );
  const found = findLabels(png, "png");
  assert.deepEqual(found.aigc, []);
  assert.equal(found.hasC2pa, true);
  assert.deepEqual(found.others, [
    'compressed text "XML:com.adobe.xmp"',
    "chunk zTXt (11 bytes)",
    'text "Author"',
    "ICC profile (6 bytes)",
  ]);
});

test("whatever bytes follow the first ones, looking for labels ends without a fault", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.boolean(), (bytes, isJpeg) => {
      const start = isJpeg
        ? Buffer.from("ffd8ffe1002045786966000049492a0008000000", "hex")
        : pngWith().subarray(0, 33);
      findLabels(Buffer.concat([start, bytes]), isJpeg ? "jpeg" : "png");
    }),
  );
});
