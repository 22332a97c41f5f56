import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { forEachMasked, type SoftMask, softMaskOf } from "../../../src/imaging/soft-mask.ts";

const SIZE = { width: 80, height: 60 };

/** Shoelace formula. */
function areaOf(outline: readonly number[]): number {
  let twice = 0;
  for (let i = 0; i < outline.length; i += 2) {
    const j = (i + 2) % outline.length;
    twice += outline[i]! * outline[j + 1]! - outline[j]! * outline[i + 1]!;
  }
  return Math.abs(twice) / 2;
}

/** An ellipse-like outline that lies well inside. */
const outlines = fc
  .tuple(
    fc.double({ min: 30, max: 50, noNaN: true }),
    fc.double({ min: 25, max: 35, noNaN: true }),
    fc.array(fc.double({ min: 4, max: 12, noNaN: true }), { minLength: 6, maxLength: 12 }),
  )
  .map(([cx, cy, radii]) =>
    radii.flatMap((radius, i) => {
      const angle = (2 * Math.PI * i) / radii.length;
      return [cx + radius * Math.cos(angle), cy + radius * Math.sin(angle)];
    }),
  );

function maskOf(outline: readonly number[], blurSigma: number): SoftMask {
  const mask = softMaskOf(outline, blurSigma, SIZE);
  assert.ok(mask);
  return mask;
}

test("a mask's area is the outline's, blurred or not", () => {
  fc.assert(
    fc.property(outlines, fc.constantFrom(0, 1, 2.5, 4), (outline, blurSigma) => {
      const { plane } = maskOf(outline, blurSigma);
      const sum = plane.data.reduce((total, v) => total + v, 0);
      const area = areaOf(outline);
      // Each of the quarter-pixel rows rounds both its ends.
      assert.ok(Math.abs(sum - area) < 0.01 * area + 1, `${sum} for ${area}`);
      assert.ok(plane.data.every((v) => v >= -1e-6 && v <= 1 + 1e-6));
    }),
  );
});

test("a mask's centre of gravity lies where the outline's does", () => {
  const mask = maskOf([20.25, 10.5, 41.25, 10.5, 41.25, 30.5, 20.25, 30.5], 2);
  let [sum, sx, sy] = [0, 0, 0];
  forEachMasked(mask, SIZE.width, (pixel, value) => {
    sum += value;
    sx += value * ((pixel % SIZE.width) + 0.5);
    sy += value * (Math.floor(pixel / SIZE.width) + 0.5);
  });
  assert.ok(Math.abs(sx / sum - 30.75) < 0.01 && Math.abs(sy / sum - 20.5) < 0.01);
});

test("an edge through a pixel covers its share of it", () => {
  const mask = maskOf([10.25, 10, 20.5, 10, 20.5, 20.75, 10.25, 20.75], 0);
  const at = new Map<number, number>();
  forEachMasked(mask, SIZE.width, (pixel, value) => at.set(pixel, value));
  assert.equal(at.get(15 * 80 + 10), 0.75);
  assert.equal(at.get(15 * 80 + 20), 0.5);
  assert.equal(at.get(20 * 80 + 15), 0.75);
  assert.equal(at.get(15 * 80 + 15), 1);
  assert.equal(at.get(15 * 80 + 9), undefined);
});

test("a mask over the picture's border names only pixels of the picture", () => {
  const mask = maskOf([-10, -10, 15, -10, 15, 90, -10, 90], 3);
  forEachMasked(mask, SIZE.width, (pixel, value) => {
    assert.ok(pixel >= 0 && pixel < SIZE.width * SIZE.height && pixel % SIZE.width < 30);
    assert.ok(value > 0 && value <= 1 + 1e-6);
  });
  assert.ok(mask.plane.data[0]! > 0.99);
});

test("an outline outside the picture has no mask", () => {
  for (const [x, y] of [
    [-200, 10],
    [200, 10],
    [10, -200],
    [10, 200],
  ] as const) {
    assert.equal(softMaskOf([x, y, x + 9, y, x, y + 9], 1, SIZE), undefined);
  }
});
