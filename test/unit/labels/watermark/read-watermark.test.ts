import assert from "node:assert/strict";
import test from "node:test";
import sharp from "sharp";
import { decodePicture } from "../../../../src/imaging/codec.ts";
import type { Picture } from "../../../../src/imaging/picture.ts";
import { hideWatermark } from "../../../../src/labels/watermark/hide-watermark.ts";
import { markNumberOf } from "../../../../src/labels/watermark/mark-number.ts";
import { readWatermark } from "../../../../src/labels/watermark/read-watermark.ts";
import { cutOut, demoPhoto, shrink } from "../../../support/demo-photos.ts";
import { createRandom } from "../../../support/random.ts";

const NUMBER = markNumberOf("request-1");
const photo = await demoPhoto(1);
const marked = markedCopyOf(photo);

function markedCopyOf(picture: Picture): Picture {
  const copy = { ...picture, data: picture.data.slice() };
  assert.equal(hideWatermark(copy, NUMBER), true);
  return copy;
}

async function compressed(picture: Picture, quality: number): Promise<Picture> {
  const { width, height, data } = picture;
  return decodePicture(
    await sharp(data, { raw: { width, height, channels: 3 } })
      .jpeg({ quality })
      .toBuffer(),
  );
}

function cut({ width, height, data }: Picture, part: number): Picture {
  const rect = {
    x: Math.floor(0.4 * part * width),
    y: Math.floor(0.7 * part * height),
    width: Math.round((1 - part) * width),
    height: Math.round((1 - part) * height),
  };
  return cutOut({ width, height, data }, rect);
}

const DAMAGES: Readonly<Record<string, (picture: Picture) => Promise<Picture>>> = {
  "JPEG of quality 60": (picture) => compressed(picture, 60),
  "half the size": (picture) => shrink(picture, 0.5),
  "10 % cut off each side's length": async (picture) => cut(picture, 0.1),
  "all three at once": async (picture) => compressed(await shrink(cut(picture, 0.1), 0.5), 60),
};

for (const [name, damage] of Object.entries(DAMAGES)) {
  test(`the number is read after ${name}`, async () => {
    const found = readWatermark(await damage(marked));
    assert.equal(found?.number, NUMBER);
    const isCut = name.includes("cut") || name.includes("all");
    assert.ok(Math.abs(found.keptOfShortSide - (isCut ? 0.9 : 1)) < 0.01);
  });
}

test("the mark is faint: 42 dB and more, and no pixel by more than 4 levels", () => {
  let squares = 0;
  let most = 0;
  for (let i = 0; i < photo.data.length; i++) {
    const change = Math.abs(photo.data[i]! - marked.data[i]!);
    squares += change ** 2;
    most = Math.max(most, change);
  }
  assert.ok(10 * Math.log10(255 ** 2 / (squares / photo.data.length)) >= 42);
  assert.ok(most <= 4);
});

test("a picture of 256x256 carries the mark, a smaller one is left alone", async () => {
  const small = await shrink(cutOut(photo, { x: 0, y: 0, width: 720, height: 720 }), 256 / 720);
  assert.equal(readWatermark(markedCopyOf(small))?.number, NUMBER);
  const tiny = { width: 300, height: 255, data: new Uint8Array(300 * 255 * 3) };
  assert.equal(hideWatermark(tiny, NUMBER), false);
  assert.ok(tiny.data.every((level) => level === 0));
});

test("in a picture without a mark none is found, whatever it shows", () => {
  assert.equal(readWatermark(photo), undefined);
  const random = createRandom(11);
  const noise = Uint8Array.from({ length: 300 * 300 * 3 }, () => 256 * random());
  assert.equal(readWatermark({ width: 300, height: 300, data: noise }), undefined);
  const flat = new Uint8Array(300 * 280 * 3).fill(255);
  assert.equal(readWatermark({ width: 300, height: 280, data: flat }), undefined);
});
