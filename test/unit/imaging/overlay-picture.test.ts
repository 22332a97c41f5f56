import assert from "node:assert/strict";
import test from "node:test";
import { overlayPicture } from "../../../src/imaging/overlay-picture.ts";
import type { Picture } from "../../../src/imaging/picture.ts";

function plain(width: number, height: number, rgb: readonly number[]): Picture {
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height * 3 }, (_, i) => rgb[i % 3]!),
  };
}

function pixel(picture: Picture, x: number, y: number): number[] {
  const at = (y * picture.width + x) * 3;
  return [...picture.data.subarray(at, at + 3)];
}

test("an overlay at its own size is copied and nothing beside it changes", () => {
  const picture = plain(6, 5, [9, 8, 7]);
  const overlay = { width: 2, height: 2, data: Uint8Array.from({ length: 12 }, (_, i) => 100 + i) };
  overlayPicture(picture, overlay, { x: 3, y: 1, width: 2, height: 2 });
  for (let y = 0; y < 5; y++) {
    for (let x = 0; x < 6; x++) {
      const inside = x >= 3 && x < 5 && y >= 1 && y < 3;
      const first = 100 + ((y - 1) * 2 + x - 3) * 3;
      assert.deepEqual(pixel(picture, x, y), inside ? [first, first + 1, first + 2] : [9, 8, 7]);
    }
  }
});

test("opacity mixes the overlay with what lies below", () => {
  const picture = plain(2, 1, [200, 100, 0]);
  const overlay = { ...plain(2, 1, [0, 0, 255]), alpha: Uint8Array.of(0, 51) };
  overlayPicture(picture, overlay, { x: 0, y: 0, width: 2, height: 1 });
  assert.deepEqual(pixel(picture, 0, 0), [200, 100, 0]);
  assert.deepEqual(pixel(picture, 1, 0), [160, 80, 51]);
});

test("colours of invisible pixels do not bleed into an enlarged overlay", () => {
  const picture = plain(40, 4, [50, 50, 50]);
  const overlay = {
    width: 2,
    height: 1,
    data: Uint8Array.of(50, 50, 50, 255, 0, 0),
    alpha: Uint8Array.of(255, 0),
  };
  overlayPicture(picture, overlay, { x: 0, y: 0, width: 40, height: 4 });
  assert.ok(picture.data.every((value) => value === 50));
});

test("a shrunk overlay keeps its mean", () => {
  const picture = plain(4, 4, [0, 0, 0]);
  const stripes = {
    width: 64,
    height: 64,
    data: Uint8Array.from({ length: 64 * 64 * 3 }, (_, i) => (Math.floor(i / 3) % 2 ? 200 : 100)),
  };
  overlayPicture(picture, stripes, { x: 0, y: 0, width: 4, height: 4 });
  assert.ok(picture.data.every((value) => Math.abs(value - 150) <= 1));
});

test("a rectangle over the border is cut off, one outside draws nothing", () => {
  const picture = plain(4, 4, [0, 0, 0]);
  overlayPicture(picture, plain(2, 2, [10, 10, 10]), { x: -2, y: -2, width: 4, height: 4 });
  assert.deepEqual(pixel(picture, 1, 1), [10, 10, 10]);
  assert.deepEqual(pixel(picture, 2, 2), [0, 0, 0]);
  overlayPicture(picture, plain(2, 2, [99, 99, 99]), { x: 4, y: 0, width: 9, height: 9 });
  overlayPicture(picture, plain(2, 2, [99, 99, 99]), { x: 0, y: -20, width: 9, height: 9 });
  assert.ok(!picture.data.includes(99));
});
