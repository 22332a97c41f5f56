import assert from "node:assert/strict";
import type { Picture } from "../../src/imaging/picture.ts";
import { type Plane, planeFrom } from "../../src/imaging/plane.ts";

/** Numbers in [0, 1) that are the same on every run (Park and Miller's generator). */
export function noiseSource(seed: number): () => number {
  let state = (seed % 2147483646) + 1;
  // The first numbers of neighbouring seeds are alike.
  for (let i = 0; i < 5; i++) state = (state * 48271) % 2147483647;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/** A plane of noise between two values. */
export function aNoisePlane(
  width: number,
  height: number,
  { seed = 1, low = 0, high = 1 }: { seed?: number; low?: number; high?: number } = {},
): Plane {
  const next = noiseSource(seed);
  return planeFrom(width, height, () => low + (high - low) * next());
}

/** A picture of noise in all three channels. */
export function aNoisePicture(width: number, height: number, seed = 1): Picture {
  const next = noiseSource(seed);
  const data = Uint8Array.from({ length: width * height * 3 }, () => Math.floor(next() * 256));
  return { width, height, data };
}

/** A picture whose colours are computed by place. */
export function aPictureOf(
  width: number,
  height: number,
  colourAt: (x: number, y: number) => readonly [number, number, number],
): Picture {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    data.set(colourAt(i % width, Math.floor(i / width)), 3 * i);
  }
  return { width, height, data };
}

/** A value of a plane with the plane's edge repeated outside. */
export function repeatedAt(plane: Plane, x: number, y: number): number {
  const inside = (v: number, size: number): number => Math.min(size - 1, Math.max(0, v));
  return plane.data[inside(y, plane.height) * plane.width + inside(x, plane.width)]!;
}

/** Fails when two lists of numbers differ by more than the tolerance anywhere. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  assert.equal(actual.length, expected.length);
  for (let i = 0; i < actual.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    // Written so that NaN fails too.
    if (!(difference <= tolerance)) {
      assert.fail(`at ${i}: ${actual[i]} instead of ${expected[i]} (tolerance ${tolerance})`);
    }
  }
}
