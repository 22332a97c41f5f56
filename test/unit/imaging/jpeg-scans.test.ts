import assert from "node:assert/strict";
import test from "node:test";
import sharp from "sharp";
import { decodePicture } from "../../../src/imaging/codec.ts";
import { hasTooManyScans } from "../../../src/imaging/jpeg-scans.ts";
import { flatJpeg } from "../../corpus/flat-jpeg.ts";

const progressive = (side: number, moreScans: number): Buffer =>
  flatJpeg({ width: side, height: side, frame: 0xc2, moreScans });

test("a hundred scans of a small picture are allowed, one more is not", () => {
  assert.equal(hasTooManyScans(progressive(64, 99), 64 * 64), false);
  assert.equal(hasTooManyScans(progressive(64, 100), 64 * 64), true);
});

test("a large picture may have fewer scans, and those that encoders write in any case", () => {
  const pixels = 8000 * 8000;
  assert.equal(hasTooManyScans(progressive(64, 24), pixels), false);
  assert.equal(hasTooManyScans(progressive(64, 25), pixels), true);
});

test("a picture with too many scans is not decoded, one of an encoder's is", async () => {
  await assert.rejects(decodePicture(progressive(64, 150)), { reason: "picture-undecodable" });
  const picture = sharp({ create: { width: 64, height: 64, channels: 3, background: "#456" } });
  const { width } = await decodePicture(await picture.jpeg({ progressive: true }).toBuffer());
  assert.equal(width, 64);
});
