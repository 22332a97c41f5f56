import assert from "node:assert/strict";
import test from "node:test";
import { type Affine, squareCropToPicture } from "../../../src/imaging/affine.ts";
import { averageBlocks } from "../../../src/imaging/average-blocks.ts";
import type { Picture } from "../../../src/imaging/picture.ts";
import { type CropRequest, sampleCrop } from "../../../src/imaging/sample-crop.ts";
import { createRandom } from "../../support/random.ts";

function noise(width: number, height: number): Picture {
  const random = createRandom(width * height);
  const data = Uint8Array.from({ length: width * height * 3 }, () => Math.floor(random() * 256));
  return { width, height, data };
}

/** The definition, pixel by pixel: bilinear between pixel centres, black outside. */
function naiveCrop(picture: Picture, { width, height, cropToPicture: m, range }: CropRequest) {
  const read = (x: number, y: number, c: number): number =>
    x < 0 || y < 0 || x >= picture.width || y >= picture.height
      ? 0
      : picture.data[(y * picture.width + x) * 3 + c]!;
  const out = new Float32Array(width * height * 3);
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const px = m.a * (x + 0.5) + m.b * (y + 0.5) + m.tx - 0.5;
        const py = m.c * (x + 0.5) + m.d * (y + 0.5) + m.ty - 0.5;
        const [x0, y0] = [Math.floor(px), Math.floor(py)];
        const [fx, fy] = [px - x0, py - y0];
        const upper = read(x0, y0, c) * (1 - fx) + read(x0 + 1, y0, c) * fx;
        const lower = read(x0, y0 + 1, c) * (1 - fx) + read(x0 + 1, y0 + 1, c) * fx;
        const value = upper * (1 - fy) + lower * fy;
        out[(c * height + y) * width + x] = range[0] + (value / 255) * (range[1] - range[0]);
      }
    }
  }
  return out;
}

function assertSame(actual: Float32Array, expected: Float32Array): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    assert.ok(Math.abs(actual[i]! - expected[i]!) < 1e-5, `${i}: ${actual[i]} ${expected[i]}`);
  }
}

const MAPS: Readonly<Record<string, Affine>> = {
  "shifted by whole pixels beyond two borders": { a: 1, b: 0, c: 0, d: 1, tx: -4, ty: 9 },
  "shifted by part of a pixel": { a: 1, b: 0, c: 0, d: 1, tx: 2.25, ty: -1.5 },
  "turned and enlarged": squareCropToPicture([11, 8], 9, 0.7, 20),
  "turned upside down and shrunken a little": squareCropToPicture([10, 9], 35, 3, 20),
  "far outside": { a: 1, b: 0, c: 0, d: 1, tx: 500, ty: -500 },
};

for (const [name, cropToPicture] of Object.entries(MAPS)) {
  test(`a crop ${name} is bilinear with black outside`, () => {
    const picture = noise(23, 17);
    const request: CropRequest = { width: 20, height: 20, cropToPicture, range: [-1, 1] };
    assertSame(sampleCrop(picture, request), naiveCrop(picture, request));
  });
}

test("a crop that shrinks samples the means of blocks", () => {
  const picture = noise(47, 38);
  for (const [sidePx, block] of [
    [34, 2],
    [46, 4],
  ] as const) {
    const cropToPicture = squareCropToPicture([24, 19], sidePx, 0.5, 10);
    const request: CropRequest = { width: 10, height: 10, cropToPicture, range: [0, 1] };
    const scaled = Object.fromEntries(
      Object.entries(cropToPicture).map(([key, value]) => [key, value / block]),
    ) as unknown as Affine;
    assertSame(
      sampleCrop(picture, request),
      naiveCrop(averageBlocks(picture, block), { ...request, cropToPicture: scaled }),
    );
  }
});

test("fine stripes turn grey when they are shrunk, instead of aliasing", () => {
  const data = new Uint8Array(200 * 200 * 3).map((_, i) => (Math.floor(i / 3) % 2) * 255);
  const cropToPicture: Affine = { a: 10, b: 0, c: 0, d: 10, tx: 0, ty: 0 };
  const request: CropRequest = { width: 20, height: 20, cropToPicture, range: [0, 1] };
  const planes = sampleCrop({ width: 200, height: 200, data }, request);
  assert.ok(planes.every((value) => Math.abs(value - 0.5) < 0.01));
});
