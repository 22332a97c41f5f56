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

test("level 0 is the picture itself", async () => {
  const picture = ramp(300, 200);
  assert.equal((await createPyramid(picture).level(0)).picture, picture);
});

test("levels halve the sides and keep the picture's content", async () => {
  const pyramid = createPyramid(ramp(2000, 200));
  for (const halvings of [1, 2, 3]) {
    const { picture, scaleX } = await pyramid.level(halvings);
    assert.equal(picture.width, 2000 / 2 ** halvings);
    assert.equal(scaleX, 0.5 ** halvings);
    const middle = picture.data[(picture.width / 2) * 3]!;
    assert.ok(Math.abs(middle - 128) <= 2);
  }
});

test("states the true scale of sides that cannot be halved", async () => {
  const { picture, scaleX, scaleY } = await createPyramid(ramp(333, 3)).level(2);
  assert.deepEqual([picture.width, picture.height], [83, 1]);
  assert.equal(scaleX, 83 / 333);
  assert.equal(scaleY, 1 / 3);
});

test("makes each level once", async () => {
  const pyramid = createPyramid(ramp(2000, 300));
  const [p, q] = await Promise.all([pyramid.level(2), pyramid.level(2)]);
  assert.equal(p.picture, q.picture);
});

test("looks at parts in the picture itself rather than shrink all of a large one", async () => {
  const picture = ramp(4000, 80);
  const pyramid = createPyramid(picture);
  assert.equal((await pyramid.levelForPart(1)).picture, picture);
  assert.equal((await pyramid.levelForPart(3)).picture.width, 500);
});
