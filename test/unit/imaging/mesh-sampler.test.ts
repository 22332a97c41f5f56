import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { levelOfLog, writeLogOpponent } from "../../../src/imaging/log-opponent.ts";
import { rasterizeMesh } from "../../../src/imaging/mesh-raster.ts";
import { createMipmap, readBilinear, sampleUnderMesh } from "../../../src/imaging/mesh-sampler.ts";
import type { Picture } from "../../../src/imaging/picture.ts";
import { aNoisePicture, aPictureOf, assertClose } from "../../support/planes.ts";

type Rgb = [number, number, number];

function pixelAt(picture: Picture, x: number, y: number, channel: number): number {
  const inside = (v: number, size: number): number => Math.min(size - 1, Math.max(0, v));
  const at = inside(y, picture.height) * picture.width + inside(x, picture.width);
  return picture.data[3 * at + channel]!;
}

/** Weighted mean of the pixels around a place; the kernel gives a weight by distance. */
function filteredAt(picture: Picture, x: number, y: number, kernel: (d: number) => number): Rgb {
  return [0, 1, 2].map((channel) => {
    let sum = 0;
    for (let v = Math.floor(y) - 2; v <= Math.floor(y) + 3; v++) {
      for (let u = Math.floor(x) - 2; u <= Math.floor(x) + 3; u++) {
        sum += kernel(x - u) * kernel(y - v) * pixelAt(picture, u, v, channel);
      }
    }
    return sum;
  }) as Rgb;
}

const tent = (d: number): number => Math.max(0, 1 - Math.abs(d));

/** The cubic convolution kernel with a = -1/2 (Keys 1981). */
function keys(d: number): number {
  const t = Math.abs(d);
  if (t <= 1) return 1.5 * t ** 3 - 2.5 * t ** 2 + 1;
  return t < 2 ? -0.5 * t ** 3 + 2.5 * t ** 2 - 4 * t + 2 : 0;
}

const PICTURE = aNoisePicture(13, 9, 3);

test("bilinear reading follows its formula, with edges repeated outside", () => {
  const place = (size: number) => fc.double({ min: 0, max: size - 1, noNaN: true });
  const rgb = new Float64Array(3);
  fc.assert(
    fc.property(place(13), place(9), (x, y) => {
      readBilinear(PICTURE, x, y, rgb);
      assertClose(rgb, filteredAt(PICTURE, x, y, tent), 1e-6);
    }),
  );
  readBilinear(PICTURE, -7, 40, rgb);
  assert.deepEqual(
    [...rgb],
    [0, 1, 2].map((c) => pixelAt(PICTURE, 0, 8, c)),
  );
});

/** Draws the whole of PICTURE, moved by (dx, dy) px, onto a window `zoom` times as large; RGB levels. */
function drawMoved(zoom: number, dx: number, dy: number, isOpponent = false): Float32Array {
  const { width, height } = PICTURE;
  const [right, bottom] = [zoom * width, zoom * height];
  const drawn = [0, 0, 0, right, 0, 0, right, bottom, 0, 0, bottom, 0];
  const points = [dx, dy, width + dx, dy, width + dx, height + dy, dx, height + dy];
  const triangles = [0, 1, 2, 0, 2, 3];
  const raster = rasterizeMesh({ points: drawn, triangles, frontSign: 0 }, right, bottom);
  const mipmap = createMipmap(PICTURE, { x: 0, y: 0, width, height });
  const scene = { triangles, drawn, mipmap, map: { points, stride: 2 } } as const;
  return sampleUnderMesh(raster, scene, { isRgb: !isOpponent });
}

for (const [dx, dy] of [
  [0.02, 0.04],
  [0.31, -0.77],
  [-3.6, 2.2],
] as const) {
  test(`a picture drawn at its own size ${dx}, ${dy} px further is read bilinearly`, () => {
    const levels = drawMoved(1, dx, dy);
    const colours = drawMoved(1, dx, dy, true);
    const opponent = new Float32Array(3);
    for (let i = 0; i < levels.length / 3; i++) {
      const [x, y] = [clampTo((i % 13) + dx, 12), clampTo(Math.floor(i / 13) + dy, 8)];
      const expected = filteredAt(PICTURE, x, y, tent);
      assertClose(levels.subarray(3 * i, 3 * i + 3), expected, 1e-3);
      writeLogOpponent(opponent, 0, expected);
      assertClose(colours.subarray(3 * i, 3 * i + 3), opponent, 0.012);
    }
  });

  test(`an enlarged picture ${dx}, ${dy} px further follows Keys' kernel inside and is bilinear at the border`, () => {
    const zoom = 3;
    const levels = drawMoved(zoom, dx, dy);
    for (let i = 0; i < levels.length / 3; i++) {
      const x = ((i % 39) + 0.5) / zoom - 0.5 + dx;
      const y = (Math.floor(i / 39) + 0.5) / zoom - 0.5 + dy;
      const isInside = x >= 1 && y >= 1 && x < 11 && y < 7;
      const expected = isInside
        ? filteredAt(PICTURE, x, y, keys)
        : filteredAt(PICTURE, clampTo(x, 12), clampTo(y, 8), tent);
      const limited = expected.map((v) => clampTo(v, 255));
      // Places are taken to 1/256 px; neighbours of this noise differ by up to 255 levels.
      assertClose(levels.subarray(3 * i, 3 * i + 3), limited, 2);
    }
  });
}

function clampTo(value: number, high: number): number {
  return Math.min(high, Math.max(0, value));
}

test("a halved copy holds the means of two by two pixels of the region", () => {
  const mipmap = createMipmap(PICTURE, { x: 2.5, y: 1, width: 7, height: 6.2 });
  const level = mipmap.level(1);
  // The region is widened to whole pixels: x 2 to 10, y 1 to 8; the odd last row is left out.
  assert.deepEqual([level.x, level.y, level.scale], [2, 1, 2]);
  assert.deepEqual([level.picture.width, level.picture.height], [4, 3]);
  for (let i = 0; i < 12; i++) {
    const [x, y] = [2 + 2 * (i % 4), 1 + 2 * Math.floor(i / 4)];
    for (const c of [0, 1, 2]) {
      const sum =
        pixelAt(PICTURE, x, y, c) +
        pixelAt(PICTURE, x + 1, y, c) +
        pixelAt(PICTURE, x, y + 1, c) +
        pixelAt(PICTURE, x + 1, y + 1, c);
      assert.equal(level.picture.data[3 * i + c], Math.round(sum / 4));
    }
  }
  assert.equal(mipmap.level(0).picture, PICTURE);
});

test("a region outside the picture or of no size still gives a pixel", () => {
  for (const region of [
    { x: -50, y: -50, width: 10, height: 10 },
    { x: 500, y: 500, width: 10, height: 10 },
    { x: 3, y: 3, width: 0, height: 0 },
  ]) {
    const { picture } = createMipmap(PICTURE, region).level(5);
    assert.ok(picture.width >= 1 && picture.height >= 1);
  }
});

/** Draws a picture's square of `side` px onto a window of `size` px with two triangles. */
function drawSquare(picture: Picture, side: number, size: number): Float32Array {
  const drawn = [0, 0, 0, size, 0, 0, size, size, 0, 0, size, 0];
  const triangles = [0, 1, 2, 0, 2, 3];
  const points = [0, 0, side, 0, side, side, 0, side];
  const raster = rasterizeMesh({ points: drawn, triangles, frontSign: 0 }, size, size);
  const mipmap = createMipmap(picture, { x: 0, y: 0, width: side, height: side });
  return sampleUnderMesh(raster, { triangles, drawn, mipmap, map: { points, stride: 2 } });
}

test("a picture drawn at its own size is the picture", () => {
  const picture = aNoisePicture(16, 16, 4);
  const expected = new Float32Array(16 * 16 * 3);
  for (let i = 0; i < 256; i++) {
    const [r, g, b] = picture.data.subarray(3 * i, 3 * i + 3);
    writeLogOpponent(expected, 3 * i, [r!, g!, b!]);
  }
  // Half a sixteenth of a level at the darkest end of the logarithm.
  assertClose(drawSquare(picture, 16, 16), expected, 0.02);
});

for (const size of [71, 64, 32, 16]) {
  test(`a checkerboard of single pixels of 128 px drawn at ${size} px is even grey`, () => {
    const board = aPictureOf(128, 128, (x, y) => {
      const level = (x + y) % 2 === 0 ? 255 : 0;
      return [level, level, level];
    });
    const out = drawSquare(board, 128, size);
    for (let i = 0; i < out.length; i += 3) {
      assert.ok(Math.abs(levelOfLog(out[i]!) - 128) < 2);
      assert.ok(Math.abs(out[i + 1]!) < 1e-5 && Math.abs(out[i + 2]!) < 1e-5);
    }
  });
}

for (const [word, size] of [
  ["enlarged", 96],
  ["reduced", 12],
] as const) {
  test(`a ramp drawn ${word} keeps its place`, () => {
    const ramp = aPictureOf(48, 48, (x) => [40 + 4 * x, 40 + 4 * x, 40 + 4 * x]);
    const out = drawSquare(ramp, 48, size);
    for (let x = 4; x < size - 4; x++) {
      const level = levelOfLog(out[3 * (5 * size + x)]!);
      const expected = 40 + 4 * (((x + 0.5) * 48) / size - 0.5);
      assert.ok(Math.abs(level - expected) < 0.6, `${level} instead of ${expected} at ${x}`);
    }
  });
}

test("swapped vertices draw the mirror image", () => {
  const picture = aPictureOf(32, 32, (x) => [8 * x, 100, 255 - 8 * x]);
  const drawn = [0, 0, 0, 32, 0, 0, 32, 32, 0, 0, 32, 0];
  const triangles = [0, 1, 2, 0, 2, 3];
  const raster = rasterizeMesh({ points: drawn, triangles, frontSign: 0 }, 32, 32);
  const mipmap = createMipmap(picture, { x: 0, y: 0, width: 32, height: 32 });
  const points = [0, 0, 7, 32, 0, 7, 32, 32, 7, 0, 32, 7];
  const draw = (swap?: readonly number[]) =>
    sampleUnderMesh(raster, {
      ...{ triangles, drawn, mipmap },
      map: swap ? { points, stride: 3, swap } : { points, stride: 3 },
    });
  const plain = draw();
  const mirrored = draw([1, 0, 3, 2]);
  for (let i = 0; i < 32 * 32; i++) {
    const twin = 3 * (i - (i % 32) + 31 - (i % 32));
    assertClose(mirrored.subarray(3 * i, 3 * i + 3), plain.subarray(twin, twin + 3), 1e-3);
  }
});

test("pixels without a triangle stay zero", () => {
  const drawn = [0, 0, 0, 8, 0, 0, 0, 8, 0];
  const raster = rasterizeMesh({ points: drawn, triangles: [0, 1, 2], frontSign: 0 }, 12, 12);
  const out = sampleUnderMesh(raster, {
    ...{ triangles: [0, 1, 2], drawn, map: { points: drawn, stride: 3 } },
    mipmap: createMipmap(PICTURE, { x: 0, y: 0, width: 13, height: 9 }),
  });
  for (let i = 0; i < 144; i++) {
    const isEmpty = out.subarray(3 * i, 3 * i + 3).every((v) => v === 0);
    assert.equal(isEmpty, raster.triangle[i]! < 0);
  }
});
