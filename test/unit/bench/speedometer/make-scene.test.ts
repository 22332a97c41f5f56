import assert from "node:assert/strict";
import test from "node:test";
import { makeScene } from "../../../../bench/speedometer/make-scene.ts";
import { decodePicture } from "../../../../src/imaging/codec.ts";

const GREEN = {
  width: 26,
  height: 26,
  data: new Uint8Array(26 * 26 * 3).map((_, i) => (i % 3 === 1 ? 255 : 0)),
};

test("six faces stand in two rows of three, each as large as wanted with its surroundings", async () => {
  const face = { picture: GREEN, facePx: 20 };
  const size = { width: 300, height: 200, facePx: 40 };
  const scene = await decodePicture(await makeScene(face, { ...size, faces: 6, format: "png" }));
  const isGreen = (x: number, y: number): boolean => {
    const at = (y * scene.width + x) * 3;
    return scene.data[at] === 0 && scene.data[at + 1] === 255;
  };
  for (const y of [50, 150]) for (const x of [50, 150, 250]) assert.ok(isGreen(x, y), `${x} ${y}`);
  let green = 0;
  for (let i = 0; i < scene.width * scene.height; i++) {
    if (isGreen(i % scene.width, Math.floor(i / scene.width))) green++;
  }
  // Twice as large, 52 x 52 px, six times.
  assert.equal(green, 6 * 52 * 52);
});

test("a scene without a face is ground only, and a progressive one says so in its file", async () => {
  const face = { picture: GREEN, facePx: 20 };
  const size = { width: 300, height: 200, facePx: 40, faces: 0 };
  const bytes = await makeScene(face, { ...size, format: "progressive" });
  assert.deepEqual(
    await decodePicture(bytes).then(({ width, height }) => [width, height]),
    [300, 200],
  );
  // A start-of-frame marker of progressive coding (ISO 10918-1, SOF2).
  assert.ok(Buffer.from(bytes).includes(Buffer.from([0xff, 0xc2])));
});
