import type { Picture } from "../../imaging/picture.ts";
import { TILE_CELLS } from "./tile-pattern.ts";

/** Sums of brightness over the rectangle from the upper left corner to each pixel's corner, (w + 1) x (h + 1). */
export interface BrightnessSums {
  readonly width: number;
  readonly height: number;
  readonly sums: Float64Array;
}

/** Adds brightness up (Crow, 1984, "Summed-area tables"), so that the mean over any rectangle costs four look-ups. */
export function sumBrightness({ width, height, data }: Picture): BrightnessSums {
  const stride = width + 1;
  const sums = new Float64Array(stride * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      row += 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
      sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1]! + row;
    }
  }
  return { width, height, sums };
}

/**
 * Cuts the picture into cells of a size in px, flattens what is its own (each cell loses its surroundings' mean and is
 * measured by their liveliness) and adds all tiles up into one, `TILE_CELLS` squared.
 */
export function foldTiles(brightness: BrightnessSums, cellPx: number): Float64Array {
  const columns = Math.floor(brightness.width / cellPx + 1e-6);
  const rows = Math.floor(brightness.height / cellPx + 1e-6);
  const cells = cellMeans(brightness, cellPx, { columns, rows });
  const plain = subtractSurroundings(cells, columns, rows);
  const folded = new Float64Array(TILE_CELLS * TILE_CELLS);
  for (let y = 0; y < rows; y++) {
    const row = (y % TILE_CELLS) * TILE_CELLS;
    for (let x = 0; x < columns; x++) {
      const at = row + (x % TILE_CELLS);
      folded[at] = folded[at]! + plain[y * columns + x]!;
    }
  }
  return folded;
}

function cellMeans(
  brightness: BrightnessSums,
  cellPx: number,
  { columns, rows }: { readonly columns: number; readonly rows: number },
): Float32Array {
  const upper = new Float64Array(columns + 1);
  const lower = new Float64Array(columns + 1);
  const cells = new Float32Array(columns * rows);
  rowOfSums(brightness, 0, cellPx, upper);
  for (let y = 0; y < rows; y++) {
    rowOfSums(brightness, (y + 1) * cellPx, cellPx, lower);
    for (let x = 0; x < columns; x++) {
      const sum = lower[x + 1]! - lower[x]! - upper[x + 1]! + upper[x]!;
      cells[y * columns + x] = sum / (cellPx * cellPx);
    }
    upper.set(lower);
  }
  return cells;
}

/** The sums at one height and at every cell's border, between pixels by their share. */
function rowOfSums(
  { width, height, sums }: BrightnessSums,
  y: number,
  cellPx: number,
  row: Float64Array,
): void {
  const top = Math.min(height - 1, Math.floor(y));
  const fy = y - top;
  const [a, b] = [top * (width + 1), (top + 1) * (width + 1)];
  for (let i = 0; i < row.length; i++) {
    const x = i * cellPx;
    const left = Math.min(width - 1, Math.floor(x));
    const fx = x - left;
    const above = sums[a + left]! * (1 - fx) + sums[a + left + 1]! * fx;
    const below = sums[b + left]! * (1 - fx) + sums[b + left + 1]! * fx;
    row[i] = above * (1 - fy) + below * fy;
  }
}

/** Levels that count as no liveliness: a flat place must not be blown up. */
const CALM = 1;

function subtractSurroundings(cells: Float32Array, columns: number, rows: number): Float32Array {
  const plain = new Float32Array(cells.length);
  for (let y = 1; y + 1 < rows; y++) {
    for (let x = 1; x + 1 < columns; x++) {
      const at = y * columns + x;
      const up = at - columns;
      const down = at + columns;
      const cross = cells[up]! + cells[down]! + cells[at - 1]! + cells[at + 1]!;
      const corners = cells[up - 1]! + cells[up + 1]! + cells[down - 1]! + cells[down + 1]!;
      // A second difference that takes out even and sloping ground.
      plain[at] = cells[at]! - 0.5 * cross + 0.25 * corners;
    }
  }
  return levelOut(plain, columns, rows);
}

/** Divides by the mean size within two cells, so that a few strong edges do not drown the rest. */
function levelOut(plain: Float32Array, columns: number, rows: number): Float32Array {
  const levelled = new Float32Array(plain.length);
  const size = plain.map(Math.abs);
  const sideways = new Float32Array(plain.length);
  for (let y = 0; y < rows; y++) {
    for (let x = 2; x + 2 < columns; x++) {
      const at = y * columns + x;
      sideways[at] = size[at - 2]! + size[at - 1]! + size[at]! + size[at + 1]! + size[at + 2]!;
    }
  }
  for (let y = 2; y + 2 < rows; y++) {
    for (let x = 2; x + 2 < columns; x++) {
      const at = y * columns + x;
      let sum = 0;
      for (let k = -2; k <= 2; k++) sum += sideways[at + k * columns]!;
      levelled[at] = plain[at]! / (sum / 25 + CALM);
    }
  }
  return levelled;
}
