import assert from "node:assert/strict";
import test from "node:test";
import { createPyramid } from "../../../src/faces/picture-pyramid.ts";
import type { Picture } from "../../../src/imaging/picture.ts";

function ramp(width: number, height: number): Picture {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) =>
    Math.round(((Math.floor(i / 3) % width) / width) * 255),
  );
  return { width, height, data };
}

test("level 0 is the picture itself", () => {
  const picture = ramp(300, 200);
  assert.equal(createPyramid(picture).level(0).picture, picture);
});

test("levels halve the sides and keep the picture's content", () => {
  const pyramid = createPyramid(ramp(2000, 200));
  for (const halvings of [1, 2, 3]) {
    const { picture, scale } = pyramid.level(halvings);
    assert.equal(picture.width, 2000 / 2 ** halvings);
    assert.equal(scale, 0.5 ** halvings);
    const middle = picture.data[(picture.width / 2) * 3]!;
    assert.ok(Math.abs(middle - 128) <= 2);
  }
});

test("keeps the exact scale of sides that cannot be halved, with a smaller block at the border", () => {
  for (const width of [333, 5333]) {
    const { picture, scale } = createPyramid(ramp(width, 3)).level(2);
    assert.deepEqual([picture.width, picture.height, scale], [Math.ceil(width / 4), 1, 0.25]);
    // The last block holds one pixel, or two with their mean.
    assert.ok(picture.data.at(-1)! >= 253);
  }
});

test("makes each level once", () => {
  const pyramid = createPyramid(ramp(2000, 300));
  assert.equal(pyramid.level(2).picture, pyramid.level(2).picture);
});

test("looks at parts in the picture itself rather than shrink all of a large one", () => {
  const picture = ramp(4000, 80);
  const pyramid = createPyramid(picture);
  assert.equal(pyramid.levelForPart(1).picture, picture);
  assert.equal(pyramid.levelForPart(3).picture.width, 500);
});
