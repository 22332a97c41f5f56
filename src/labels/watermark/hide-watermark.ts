import type { Picture } from "../../imaging/picture.ts";
import { codedLength, encodeBits } from "./convolutional-code.ts";
import { bitsOfNumber, MARK_BITS } from "./mark-number.ts";
import { CELLS_PER_SHORT_SIDE, drawTile, TILE_CELLS } from "./tile-pattern.ts";

/** Pictures with a shorter side than this carry no watermark: a cell would be smaller than a pixel. */
const SMALLEST_MARKED_PX = 256;

/** Levels that a cell is moved by: little where the picture is flat, more where its own texture hides it. */
const STRENGTH = { flat: 1.1, perActivity: 0.2, most: 4 };

/** Small cells lose more to compression: each px below five makes them stronger by this share, up to the most. */
const SMALL_CELLS = { perPx: 0.12, fromPx: 5, most: 1.45 };

/**
 * Hides a number (12 hexadecimal digits) in a picture, in place: a pattern of small changes of brightness, repeated
 * over the whole picture, after Cox et al. (1997), "Secure spread spectrum watermarking for multimedia". Returns false
 * and leaves the picture alone when it is too small.
 */
export function hideWatermark(picture: Picture, number: string): boolean {
  const { width, height } = picture;
  const shortSide = Math.min(width, height);
  if (shortSide < SMALLEST_MARKED_PX) return false;
  const cellPx = shortSide / CELLS_PER_SHORT_SIDE;
  const across = axis(width, cellPx);
  const down = axis(height, cellPx);
  const coded = encodeBits(bitsOfNumber(number));
  const gain = 1 + Math.max(0, SMALL_CELLS.fromPx - cellPx) * SMALL_CELLS.perPx;
  const axes = { across, down, gain: Math.min(SMALL_CELLS.most, gain) };
  const changes = changesOf(picture, axes, coded);
  addChanges(picture, changes, { across, down });
  return true;
}

/** The cells along one side, and for each pixel the cell whose centre lies before its own. */
interface CellAxis {
  readonly cells: number;
  readonly cellOf: Int32Array;
  readonly before: Int32Array;
  /** Weight of the cell after it. */
  readonly share: Float32Array;
}

interface CellAxes {
  readonly across: CellAxis;
  readonly down: CellAxis;
}

function axis(lengthPx: number, cellPx: number): CellAxis {
  const cells = Math.ceil(lengthPx / cellPx - 1e-9);
  const cellOf = new Int32Array(lengthPx);
  const before = new Int32Array(lengthPx);
  const share = new Float32Array(lengthPx);
  for (let i = 0; i < lengthPx; i++) {
    const at = (i + 0.5) / cellPx - 0.5;
    cellOf[i] = Math.min(cells - 1, Math.floor((i + 0.5) / cellPx));
    before[i] = Math.max(0, Math.min(cells - 2, Math.floor(at)));
    share[i] = Math.max(0, Math.min(1, at - before[i]!));
  }
  return { cells, cellOf, before, share };
}

/** The change at each cell's centre: the tile's sign for its bit, as strong as the picture there allows. */
function changesOf(
  picture: Picture,
  { across, down, gain }: CellAxes & { readonly gain: number },
  coded: Uint8Array,
): Float32Array {
  const { bitOf, sign } = drawTile(codedLength(MARK_BITS));
  const changes = activityOf(picture, { across, down });
  for (let y = 0; y < down.cells; y++) {
    for (let x = 0; x < across.cells; x++) {
      const cell = (y % TILE_CELLS) * TILE_CELLS + (x % TILE_CELLS);
      const bit = bitOf[cell]!;
      const isTurned = bit >= 0 && coded[bit] === 0;
      const at = y * across.cells + x;
      const wanted = STRENGTH.flat + STRENGTH.perActivity * changes[at]!;
      const strength = gain * Math.min(STRENGTH.most, wanted);
      changes[at] = strength * (isTurned ? -sign[cell]! : sign[cell]!);
    }
  }
  return changes;
}

/** Mean absolute difference of neighbouring pixels' green in and around each cell. */
function activityOf(picture: Picture, { across, down }: CellAxes): Float32Array {
  const { width, height, data } = picture;
  const sums = new Float32Array(across.cells * down.cells);
  const counts = new Uint32Array(across.cells * down.cells);
  // A quarter of the pixels tells enough.
  for (let y = 0; y + 1 < height; y += 2) {
    const row = down.cellOf[y]! * across.cells;
    for (let x = 0; x + 1 < width; x += 2) {
      const at = (y * width + x) * 3 + 1;
      const here = data[at]!;
      const cell = row + across.cellOf[x]!;
      sums[cell] =
        sums[cell]! + Math.abs(here - data[at + 3]!) + Math.abs(here - data[at + 3 * width]!);
      counts[cell] = counts[cell]! + 1;
    }
  }
  for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! / Math.max(1, counts[i]!);
  return sums;
}

function addChanges(picture: Picture, changes: Float32Array, { across, down }: CellAxes): void {
  const { width, height, data } = picture;
  const row = new Float32Array(across.cells);
  for (let y = 0; y < height; y++) {
    const start = down.before[y]! * across.cells;
    const lower = down.share[y]!;
    for (let x = 0; x < across.cells; x++) {
      row[x] = changes[start + x]! * (1 - lower) + changes[start + across.cells + x]! * lower;
    }
    let at = y * width * 3;
    for (let x = 0; x < width; x++, at += 3) {
      const left = across.before[x]!;
      const exact = row[left]! + (row[left + 1]! - row[left]!) * across.share[x]!;
      // To the nearest whole number, by way of positive ones: the fastest that engines have.
      const change = ((exact + 64.5) | 0) - 64;
      data[at] = within(data[at]! + change);
      data[at + 1] = within(data[at + 1]! + change);
      data[at + 2] = within(data[at + 2]! + change);
    }
  }
}

function within(level: number): number {
  return level < 0 ? 0 : level > 255 ? 255 : level;
}
