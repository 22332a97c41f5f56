import assert from "node:assert/strict";
import test from "node:test";
import { plainAverageBlocks } from "../../../bench/kernels/plain-average-blocks.ts";
import { averageBlocks } from "../../../src/imaging/average-blocks.ts";
import type { Picture } from "../../../src/imaging/picture.ts";
import { createRandom } from "../../support/random.ts";

/** A picture whose three channels follow a function of the place, the second and third shifted. */
function pictureOf(width: number, height: number, at: (x: number, y: number) => number): Picture {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
    const pixel = Math.floor(i / 3);
    return at(pixel % width, Math.floor(pixel / width)) + (i % 3);
  });
  return { width, height, data };
}

test("halving gives the means of 2x2 pixels, and of what is left of them at the border", () => {
  const random = createRandom(7);
  const picture = pictureOf(7, 5, () => Math.floor(random() * 250));
  const { width, height, data } = averageBlocks(picture, 2);
  assert.deepEqual([width, height], [4, 3]);
  for (let i = 0; i < data.length; i++) {
    const [x, y, c] = [Math.floor(i / 3) % 4, Math.floor(i / 12), i % 3];
    const values: number[] = [];
    for (const py of [2 * y, 2 * y + 1]) {
      for (const px of [2 * x, 2 * x + 1]) {
        if (px < 7 && py < 5) values.push(picture.data[(py * 7 + px) * 3 + c]!);
      }
    }
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    assert.equal(data[i], Math.floor(mean + 0.5));
  }
});

for (const block of [2, 4, 8]) {
  test(`blocks of ${block} keep every slope in place`, () => {
    const { data } = averageBlocks(
      pictureOf(64, 64, (x, y) => 2 * x + y),
      block,
    );
    const columns = 64 / block;
    for (let i = 0; i < data.length; i += 3) {
      const [x, y] = [(i / 3) % columns, Math.floor(i / 3 / columns)];
      const middle = (block - 1) / 2;
      const expected = 2 * (x * block + middle) + y * block + middle;
      assert.ok(Math.abs(data[i]! - expected) <= 0.5 && data[i + 2] === data[i]! + 2);
    }
  });

  test(`blocks of ${block} turn the finest stripes grey, lying and standing`, () => {
    for (const stripe of [(x: number) => x % 2, (_: number, y: number) => y % 2]) {
      const { data } = averageBlocks(
        pictureOf(40, 40, (x, y) => stripe(x, y) * 200),
        block,
      );
      for (const [i, value] of data.entries()) assert.equal(value, 100 + (i % 3));
    }
  });

  test(`a region counted in blocks of ${block} is that part of the whole`, () => {
    const random = createRandom(block);
    const picture = pictureOf(45, 37, () => Math.floor(random() * 250));
    const whole = averageBlocks(picture, block);
    const region = { x: 2, y: 1, width: whole.width - 2, height: whole.height - 1 };
    const part = averageBlocks(picture, block, region);
    assert.deepEqual([part.width, part.height], [region.width, region.height]);
    for (let y = 0; y < part.height; y++) {
      const from = ((y + 1) * whole.width + 2) * 3;
      assert.deepEqual(
        part.data.subarray(y * part.width * 3, (y + 1) * part.width * 3),
        whole.data.slice(from, from + part.width * 3),
      );
    }
  });
}

test("the last block of a side that is one pixel too long takes that pixel", () => {
  for (const block of [2, 4, 8]) {
    const picture = pictureOf(17, 17, (x, y) => (x === 16 || y === 16 ? 240 : 0));
    const { width, data } = averageBlocks(picture, block);
    assert.deepEqual([width, data.at(-1), data[0]], [16 / block + 1, 242, 0]);
  }
});

test("blocks are what the plain loops make of them, at every size and at the border", () => {
  const random = createRandom(11);
  for (const [width, height] of [
    [96, 64],
    [101, 67],
    [37, 90],
    [3, 5],
  ] as const) {
    const picture = pictureOf(width, height, () => Math.floor(random() * 253));
    for (const block of [4, 8, 16, 32]) {
      assert.deepEqual(averageBlocks(picture, block), plainAverageBlocks(picture, block));
    }
  }
});
