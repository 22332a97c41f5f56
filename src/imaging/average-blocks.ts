import type { Picture, Rect } from "./picture.ts";

/**
 * Shrinks a picture by a power of two, each block of pixels to its mean; blocks at the right and lower border may
 * be smaller. Blocks of 4 and more are read thinly: one pixel of each 2x2, in a pattern that keeps the block's
 * centre of mass and turns the finest stripes grey, so that half of the rows need not be read at all.
 *
 * @param region the part that is wanted, counted in blocks; default all
 */
export function averageBlocks(
  picture: Picture,
  block: number,
  region: Rect = blocksOf(picture, block),
): Picture {
  const data = new Uint8Array(region.width * region.height * 3);
  const average = block === 2 ? averagePairs : averageThinly;
  for (let row = 0; row < region.height; row++) {
    const to = data.subarray(row * region.width * 3, (row + 1) * region.width * 3);
    average(picture, { block, x: region.x * block, y: (region.y + row) * block, to });
  }
  return { width: region.width, height: region.height, data };
}

/** All blocks of a picture. */
function blocksOf({ width, height }: Picture, block: number): Rect {
  return { x: 0, y: 0, width: Math.ceil(width / block), height: Math.ceil(height / block) };
}

/** A row of blocks: its first pixel and where its means go. */
interface BlockRow {
  readonly block: number;
  readonly x: number;
  readonly y: number;
  readonly to: Uint8Array;
}

/** Means of 2x2 pixels; a pair at the border that lacks a pixel takes the other one twice. */
function averagePairs({ width, height, data }: Picture, { x, y, to }: BlockRow): void {
  const down = y + 1 < height ? width * 3 : 0;
  const whole = Math.min(to.length, ((width - x) >> 1) * 3);
  let at = (y * width + x) * 3;
  for (let i = 0; i < whole; i += 3, at += 6) {
    const below = at + down;
    to[i] = (data[at]! + data[at + 3]! + data[below]! + data[below + 3]! + 2) >> 2;
    to[i + 1] = (data[at + 1]! + data[at + 4]! + data[below + 1]! + data[below + 4]! + 2) >> 2;
    to[i + 2] = (data[at + 2]! + data[at + 5]! + data[below + 2]! + data[below + 5]! + 2) >> 2;
  }
  for (let i = whole; i < to.length; i++, at++) to[i] = (data[at]! + data[at + down]! + 1) >> 1;
}

/** Means of the pixels 0 2 4 ... of rows 0 4 8 ... and 1 3 5 ... of rows 3 7 11 ... of each block. */
function averageThinly({ width, height, data }: Picture, { block, x, y, to }: BlockRow): void {
  const bottom = Math.min(y + block, height);
  for (let i = 0, left = x; i < to.length; i += 3, left += block) {
    const right = Math.min(left + block, width);
    let r = 0;
    let g = 0;
    let b = 0;
    let count = 0;
    for (let line = y, odd = 0; line < bottom; line += odd === 0 ? 3 : 1, odd ^= 1) {
      const end = (line * width + right) * 3;
      for (let at = (line * width + left + odd) * 3; at < end; at += 6, count++) {
        r += data[at]!;
        g += data[at + 1]!;
        b += data[at + 2]!;
      }
    }
    to[i] = r / count + 0.5;
    to[i + 1] = g / count + 0.5;
    to[i + 2] = b / count + 0.5;
  }
}
