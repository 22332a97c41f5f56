import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import sharp, { type Sharp } from "sharp";
import { decodePicture, encodePicture } from "../../../src/imaging/codec.ts";
import type { Picture } from "../../../src/imaging/picture.ts";
import { LABEL_SIDE_PX, readPictureHeader } from "../../../src/imaging/picture-header.ts";
import { exifBlock, greyPng, pngChunk, withExif } from "../../support/header-pictures.ts";

const PHOTO = new URL(
  "../../../node_modules/@vladmandic/face-api/demo/sample1.jpg",
  import.meta.url,
);

/** A smooth picture without symmetry: 96x64, red grows to the right, green downwards, one blue corner. */
function aPicture(width = 96, height = 64): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data.set(
        [(255 * x) / width, (255 * y) / height, x < width / 4 && y < height / 4 ? 255 : 0],
        (y * width + x) * 3,
      );
    }
  }
  return { width, height, data };
}

function toSharp({ data, width, height }: Picture): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

/** Mean difference of two pictures of one size, 0..255. */
function meanDifference(a: Picture, b: Picture): number {
  assert.deepEqual([a.width, a.height], [b.width, b.height]);
  let sum = 0;
  for (const [i, value] of a.data.entries()) sum += Math.abs(value - b.data[i]!);
  return sum / a.data.length;
}

const original = aPicture();

/** How each EXIF orientation is stored: what has to be done to the upright picture to get there. */
const STORED_AS: readonly (readonly [number, (image: Sharp) => Sharp])[] = [
  [1, (image) => image],
  [2, (image) => image.flop()],
  [3, (image) => image.rotate(180)],
  [4, (image) => image.flip()],
  [5, (image) => image.flop().rotate(270)],
  [6, (image) => image.rotate(270)],
  [7, (image) => image.flop().rotate(90)],
  [8, (image) => image.rotate(90)],
];

for (const [orientation, store] of STORED_AS) {
  test(`a JPEG stored with EXIF orientation ${orientation} is decoded upright`, async () => {
    const turned = sharp(await store(toSharp(original)).png().toBuffer());
    const stored = await turned.jpeg({ quality: 100, chromaSubsampling: "4:4:4" }).toBuffer();
    const jpeg = withExif(stored, exifBlock(orientation));
    const { width, height } = readPictureHeader(jpeg);
    assert.deepEqual([width, height], [96, 64]);
    assert.ok(meanDifference(await decodePicture(jpeg), original) < 3);
  });
}

test("a PNG's orientation is applied, in the header as in the pixels", async () => {
  const png = await toSharp(original).rotate(270).png().toBuffer();
  const turned = Buffer.concat([
    png.subarray(0, 33),
    pngChunk("eXIf", exifBlock(6)),
    png.subarray(33),
  ]);
  const { width, height } = readPictureHeader(turned);
  assert.deepEqual([width, height], [96, 64]);
  assert.equal(meanDifference(await decodePicture(turned), original), 0);
});

test("PNG pixels arrive exactly as stored", async () => {
  for (const options of [{}, { progressive: true }, { compressionLevel: 0 }]) {
    const decoded = await decodePicture(await toSharp(original).png(options).toBuffer());
    assert.equal(decoded.format, "png");
    assert.equal(meanDifference(decoded, original), 0);
    assert.equal(decoded.alpha, undefined);
  }
});

test("16 bits a channel become 8", async () => {
  const wide = await toSharp(original).toColourspace("rgb16").png().toBuffer();
  assert.equal((await sharp(wide).metadata()).depth, "ushort");
  assert.ok(meanDifference(await decodePicture(wide), original) < 1);
});

test("grey pictures of 8 and 16 bits become three equal channels", async () => {
  for (const space of ["b-w", "grey16"]) {
    const grey = await toSharp(original).toColourspace(space).png().toBuffer();
    const { data } = await decodePicture(grey);
    const expected = await toSharp(original).greyscale().raw().toBuffer();
    assert.equal(data.length, expected.length * 3);
    for (const [i, value] of data.entries()) {
      assert.ok(Math.abs(value - expected[Math.floor(i / 3)]!) <= 1);
    }
  }
});

test("CMYK becomes natural colours, not inverted ones", async () => {
  const rgb = { width: 128, height: 96, data: await photoAt(128, 96) };
  const cmyk = await toSharp(rgb).toColourspace("cmyk").jpeg({ quality: 95 }).toBuffer();
  assert.equal((await sharp(cmyk).metadata()).channels, 4);
  // Inverted channels would differ by about 100.
  assert.ok(meanDifference(await decodePicture(cmyk), rgb) < 20);
});

async function photoAt(width: number, height: number): Promise<Buffer> {
  return await sharp(await readFile(PHOTO))
    .resize(width, height)
    .removeAlpha()
    .raw()
    .toBuffer();
}

test("colours with a profile are converted to sRGB", async () => {
  const patch = { width: 64, height: 64, data: new Uint8Array(64 * 64 * 3).fill(0) };
  for (let i = 0; i < patch.data.length; i += 3) patch.data.set([200, 120, 90], i);
  const p3 = await toSharp(patch)
    .withIccProfile("p3")
    .jpeg({ quality: 100, chromaSubsampling: "4:4:4" })
    .toBuffer();
  const stored = await sharp(p3, { ignoreIcc: true }).raw().toBuffer();
  assert.ok(Math.abs(stored[0]! - 200) > 3);
  assert.ok(meanDifference(await decodePicture(p3), patch) < 2);
});

test("opacity is kept apart, and the colours under it stay as stored", async () => {
  const alpha = Buffer.alloc(96 * 64);
  for (let i = 0; i < alpha.length; i++) alpha[i] = i % 256;
  const png = await encodePicture(original, { format: "png", alpha });
  const decoded = await decodePicture(png);
  assert.equal(meanDifference(decoded, original), 0);
  assert.deepEqual(Buffer.from(decoded.alpha ?? []), alpha);
});

test("grey with opacity is understood", async () => {
  const raw = Buffer.alloc(64 * 64 * 2);
  for (let i = 0; i < raw.length; i += 2) raw.set([77, 200], i);
  const png = await sharp(raw, { raw: { width: 64, height: 64, channels: 2 } })
    .toColourspace("b-w")
    .png()
    .toBuffer();
  const decoded = await decodePicture(png);
  assert.deepEqual([...decoded.data.subarray(0, 3)], [77, 77, 77]);
  assert.equal(decoded.alpha?.[0], 200);
});

test("a palette and a progressive scan make no difference", async () => {
  const palette = await toSharp(original).png({ palette: true, colours: 256 }).toBuffer();
  assert.ok(meanDifference(await decodePicture(palette), original) < 12);
  const progressive = await toSharp(original).jpeg({ progressive: true, quality: 100 }).toBuffer();
  assert.ok(meanDifference(await decodePicture(progressive), original) < 4);
});

test("bytes behind the end of a JPEG are ignored", async () => {
  const jpeg = await toSharp(original).jpeg().toBuffer();
  const clean = await decodePicture(jpeg);
  const polyglot = Buffer.concat([jpeg, Buffer.from("PK\x03\x04 <script>"), jpeg]);
  assert.deepEqual((await decodePicture(polyglot)).data, clean.data);
});

test("a picture that is cut short is refused, not filled up", async () => {
  for (const bytes of [
    await toSharp(original).jpeg().toBuffer(),
    await toSharp(original).png().toBuffer(),
  ]) {
    for (const share of [0, 0.001, 0.1, 0.5, 0.9, 0.99]) {
      const cut = bytes.subarray(0, Math.floor(bytes.length * share));
      await assert.rejects(decodePicture(cut), { reason: "picture-undecodable" }, `${share}`);
    }
  }
});

test("a header that claims more rows than there are is refused", async () => {
  await assert.rejects(decodePicture(greyPng(100, 1000, 100)), { reason: "picture-undecodable" });
});

test("a wrong checksum is refused", async () => {
  const png = Buffer.from(greyPng(100, 100));
  png[30]! ^= 1;
  await assert.rejects(decodePicture(png), { reason: "picture-undecodable" });
});

test("a picture of 30000x30000 is refused by its header at once", async () => {
  const bomb = greyPng(30_000, 30_000, 1);
  const startedMs = performance.now();
  await assert.rejects(decodePicture(bomb), { reason: "picture-too-large" });
  assert.ok(performance.now() - startedMs < 20);
});

const SIDES: readonly (readonly [number, number, string | undefined])[] = [
  [64, 64, undefined],
  [63, 64, "picture-too-small"],
  [64, 63, "picture-too-small"],
  [8000, 64, undefined],
  [64, 8000, undefined],
  [8001, 64, "picture-too-large"],
  [64, 8001, "picture-too-large"],
  [1, 1, "picture-too-small"],
  [1, 8001, "picture-too-large"],
  [2 ** 31 - 1, 2 ** 31 - 1, "picture-too-large"],
  [0, 0, "picture-undecodable"],
];

for (const [width, height, reason] of SIDES) {
  test(`${width}x${height} is ${reason ?? "accepted"}`, async () => {
    const png = greyPng(width, height, reason === undefined ? height : 0);
    if (reason === undefined) {
      assert.deepEqual(readPictureHeader(png), { format: "png", width, height });
      assert.equal((await decodePicture(png)).width, width);
    } else {
      assert.throws(() => readPictureHeader(png), { reason });
      await assert.rejects(decodePicture(png), { reason });
    }
  });
}

test("a label picture may be smaller than a template", async () => {
  const dot = greyPng(1, 1);
  assert.equal(readPictureHeader(dot, LABEL_SIDE_PX).width, 1);
  assert.equal((await decodePicture(dot, LABEL_SIDE_PX)).width, 1);
});

const OTHERS: readonly (readonly [string, () => Promise<Buffer>])[] = [
  ["GIF", () => toSharp(original).gif().toBuffer()],
  ["WebP", () => toSharp(original).webp().toBuffer()],
  ["TIFF", () => toSharp(original).tiff().toBuffer()],
  ["AVIF", () => toSharp(original).avif({ effort: 0 }).toBuffer()],
  [
    "SVG",
    async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="99" height="99"/>'),
  ],
  ["HTML", async () => Buffer.from("<!doctype html><title>x</title>")],
  ["nothing", async () => Buffer.alloc(0)],
];

for (const [kind, make] of OTHERS) {
  test(`${kind} is refused by its first bytes`, async () => {
    const bytes = await make();
    assert.throws(() => readPictureHeader(bytes), { reason: "picture-undecodable" });
    await assert.rejects(decodePicture(bytes), { reason: "picture-undecodable" });
  });
}

test("encoded pictures carry nothing of their source but pixels", async () => {
  for (const format of ["jpeg", "png"] as const) {
    const meta = await sharp(await encodePicture(original, { format })).metadata();
    assert.equal(meta.format, format);
    assert.equal(meta.exif, undefined);
    assert.equal(meta.xmp, undefined);
    assert.equal(meta.icc, undefined);
  }
});
