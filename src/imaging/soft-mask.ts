import { gaussianBlur } from "./box-blur.ts";
import { type Outline, rowCrossings } from "./fill-polygon.ts";
import { createPlane, type Plane } from "./plane.ts";

/** A mask 0..1 over a part of a picture. */
export interface SoftMask {
  /** Whole-pixel place of the mask's first cell in the picture. */
  readonly x: number;
  readonly y: number;
  readonly plane: Plane;
}

const SUBPIXELS = 4;

/** Cells of a mask up to this value count as none of it. */
export const NEGLIGIBLE_MASK = 0.001;

/**
 * Fills an outline (x y x y …, picture pixels) with smooth edges and blurs it; the window is the outline's bounding box
 * grown by the blur and clipped to the picture. Returns undefined when nothing of it lies in the picture.
 */
export function softMaskOf(
  outline: Outline,
  blurSigma: number,
  size: { readonly width: number; readonly height: number },
): SoftMask | undefined {
  const margin = Math.ceil(3 * blurSigma) + 2;
  const [left, top, right, bottom] = boundsOfOutline(outline);
  const x = Math.max(0, Math.floor(left) - margin);
  const y = Math.max(0, Math.floor(top) - margin);
  const width = Math.min(size.width, Math.ceil(right) + margin) - x;
  const height = Math.min(size.height, Math.ceil(bottom) + margin) - y;
  if (width <= 0 || height <= 0) return undefined;
  const moved = Float64Array.from(outline, (v, i) => (v - (i % 2 === 0 ? x : y)) * SUBPIXELS);
  return { x, y, plane: gaussianBlur(coverage(moved, width, height), blurSigma) };
}

function boundsOfOutline(outline: Outline): [number, number, number, number] {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < outline.length; i += 2) {
    left = Math.min(left, outline[i]!);
    right = Math.max(right, outline[i]!);
    top = Math.min(top, outline[i + 1]!);
    bottom = Math.max(bottom, outline[i + 1]!);
  }
  return [left, top, right, bottom];
}

/** Share of each cell that an outline in subpixels covers, by counting subpixel centres row by row. */
function coverage(outline: Float64Array, width: number, height: number): Plane {
  const plane = createPlane(width, height);
  for (let row = 0; row < height * SUBPIXELS; row++) {
    const crossings = rowCrossings(outline, row);
    const first = Math.floor(row / SUBPIXELS) * width;
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k]! - 0.5));
      const to = Math.min(width * SUBPIXELS, Math.ceil(crossings[k + 1]! - 0.5));
      if (to > from) addSpan(plane.data, first, from, to);
    }
  }
  return plane;
}

/** Counts the subpixels `from` to before `to` of one row into the row of cells that begins at `first`. */
function addSpan(cells: Float32Array, first: number, from: number, to: number): void {
  const share = 1 / (SUBPIXELS * SUBPIXELS);
  const head = Math.min(to, Math.ceil(from / SUBPIXELS) * SUBPIXELS);
  const tail = Math.max(head, Math.floor(to / SUBPIXELS) * SUBPIXELS);
  if (head > from) cells[first + Math.floor(from / SUBPIXELS)]! += (head - from) * share;
  for (let cell = head / SUBPIXELS; cell < tail / SUBPIXELS; cell++) {
    cells[first + cell]! += SUBPIXELS * share;
  }
  if (to > tail) cells[first + tail / SUBPIXELS]! += (to - tail) * share;
}

/** Calls back for every cell of the mask that counts with the picture's pixel index, the mask's value and the cell's index. */
export function forEachMasked(
  mask: SoftMask,
  pictureWidth: number,
  visit: (pixel: number, value: number, cell: number) => void,
): void {
  const { width, height, data } = mask.plane;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = y * width + x;
      const value = data[cell]!;
      if (value > NEGLIGIBLE_MASK) visit((mask.y + y) * pictureWidth + mask.x + x, value, cell);
    }
  }
}
