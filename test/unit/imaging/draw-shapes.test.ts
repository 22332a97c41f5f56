import assert from "node:assert/strict";
import test from "node:test";
import { drawDot, drawFrame } from "../../../src/imaging/draw-shapes.ts";

/** Draws on black and prints coloured pixels as #. */
function drawn(
  width: number,
  height: number,
  draw: (picture: { width: number; height: number; data: Uint8Array }) => void,
): string[] {
  const picture = { width, height, data: new Uint8Array(width * height * 3) };
  draw(picture);
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const at = (y * width + x) * 3;
      const [r, g, b] = picture.data.subarray(at, at + 3);
      return r === 1 && g === 2 && b === 3 ? "#" : r === 0 && g === 0 && b === 0 ? "." : "?";
    }).join(""),
  );
}

const COLOUR = [1, 2, 3] as const;

test("a frame is drawn inside its rectangle", () => {
  assert.deepEqual(
    drawn(7, 6, (p) => drawFrame(p, { x: 1, y: 1, width: 5, height: 4 }, COLOUR, 1)),
    [".......", ".#####.", ".#...#.", ".#...#.", ".#####.", "......."],
  );
});

test("a frame over the border is cut off", () => {
  assert.deepEqual(
    drawn(4, 3, (p) => drawFrame(p, { x: -2, y: 1, width: 5, height: 9 }, COLOUR, 1)),
    ["....", "###.", "..#."],
  );
});

test("a frame thicker than its rectangle fills it", () => {
  assert.deepEqual(
    drawn(4, 3, (p) => drawFrame(p, { x: 1, y: 1, width: 2, height: 1 }, COLOUR, 9)),
    ["....", ".##.", "...."],
  );
});

test("a dot is round and has at least its own pixel", () => {
  assert.deepEqual(
    drawn(5, 5, (p) => drawDot(p, [2.5, 2.5], 1.9, COLOUR)),
    [".....", ".###.", ".###.", ".###.", "....."],
  );
  assert.deepEqual(
    drawn(3, 2, (p) => drawDot(p, [1.9, 0.1], 0, COLOUR)),
    [".#.", "..."],
  );
  assert.deepEqual(
    drawn(2, 2, (p) => drawDot(p, [-5, 9], 1, COLOUR)),
    ["..", ".."],
  );
});
