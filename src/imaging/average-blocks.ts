import { halvePicture } from "./halve-picture.ts";
import { loadKernels, reserveBlocks } from "./kernels/kernels.ts";
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
  if (block === 2) return averagePairs(picture, region);
  const data = new Uint8Array(region.width * region.height * 3);
  const x = region.x * block;
  const whole = Math.min(region.width, Math.floor((picture.width - x) / block));
  const averageRow = prepareRows(picture, { x, block, whole });
  for (let row = 0; row < region.height; row++) {
    const to = data.subarray(row * region.width * 3, (row + 1) * region.width * 3);
    const y = (region.y + row) * block;
    const done = y + block <= picture.height ? whole : 0;
    if (done > 0) averageRow(y, to);
    averageThinly(picture, { block, x: x + done * block, y, to: to.subarray(3 * done) });
  }
  return { width: region.width, height: region.height, data };
}

/** All blocks of a picture. */
function blocksOf({ width, height }: Picture, block: number): Rect {
  return { x: 0, y: 0, width: Math.ceil(width / block), height: Math.ceil(height / block) };
}

/** Means of 2x2 pixels; a pair at the border that lacks a pixel takes the other one twice. */
function averagePairs(picture: Picture, region: Rect): Picture {
  const [x, y] = [2 * region.x, 2 * region.y];
  const width = Math.min(2 * region.width, picture.width - x);
  const height = Math.min(2 * region.height, picture.height - y);
  return halvePicture(picture, { x, y, width, height }, region);
}

/** Whole blocks beside each other, from column x. */
interface WholeBlocks {
  readonly x: number;
  readonly block: number;
  readonly whole: number;
}

/**
 * Returns what writes the means of the whole blocks whose first row of pixels is y; it works until the kernels' memory is used
 * otherwise. The inner loop is kernels/average-row.ts, see {@link averageThinly}.
 */
function prepareRows(
  { width, data }: Picture,
  { x, block, whole }: WholeBlocks,
): (y: number, to: Uint8Array) => void {
  const stride = 3 * block * whole;
  const rowCount = block / 2;
  const [rows, out] = reserveBlocks(rowCount * stride, 3 * whole + 1) as [number, number];
  const { memory, averageRow } = loadKernels();
  const lent = new Uint8Array(memory.buffer, rows, rowCount * stride);
  const means = new Uint8Array(memory.buffer, out, 3 * whole);
  const shift = 2 * Math.log2(rowCount);
  return (y, to) => {
    for (let row = 0; row < rowCount; row++) {
      const line = y + 4 * (row >> 1) + 3 * (row & 1);
      const from = 3 * (line * width + x);
      lent.set(data.subarray(from, from + stride), row * stride);
    }
    averageRow(rows, stride, rowCount, block, shift, whole, out);
    to.set(means);
  };
}

/** A row of blocks: its first pixel and where its means go. */
interface BlockRow {
  readonly block: number;
  readonly x: number;
  readonly y: number;
  readonly to: Uint8Array;
}

/** Means of the pixels 0 2 4 ... of rows 0 4 8 ... and 1 3 5 ... of rows 3 7 11 ... of each block, which may be cut off. */
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
