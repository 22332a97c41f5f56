import { logOfLevel } from "../../imaging/log-opponent.ts";
import { createPlane, type Plane } from "../../imaging/plane.ts";
import type { FaceCanvas } from "../face-canvas.ts";
import { faceScale } from "../shape/measure-face.ts";

/** Narrow lines of the template's face, on cells fine enough for strands of hair. */
export interface FineLines {
  readonly width: number;
  readonly height: number;
  /** Canvas pixels along a cell's side. */
  readonly cellPx: number;
  /** Face scale in cells. */
  readonly scale: number;
  /**
   * How much darker (above 0) or lighter (below) a cell is than both sides of a line through it, log units of luma; 0 where no
   * line is, and where the face does not cover the cell.
   */
  readonly darkness: Plane;
}

/** Cells along the face's length, about: more would cost time and show grain. */
const CELLS_PER_FACE = 300;
/** How far (over the face scale) a line's sides are from its middle: a wire's width. */
const SIDE = 0.0115;

/** Finds narrow lines by comparing each cell with pairs of cells at opposite sides, in four directions; steps do not count. */
export function measureLines(canvas: FaceCanvas): FineLines {
  const facePx = faceScale(canvas.mesh);
  const cellPx = Math.max(1, Math.round(facePx / CELLS_PER_FACE));
  const luma = reduceLuma(canvas, cellPx);
  const { width, height } = luma;
  const scale = facePx / cellPx;
  const darkness = createPlane(width, height);
  const reach = Math.max(2, Math.round(SIDE * scale));
  const across = Math.max(1, Math.round(0.71 * reach));
  const margin = reach * width + reach;
  for (const side of [reach, reach * width, across * (width + 1), across * (width - 1)]) {
    raiseAgainst(luma.data, side, margin, darkness.data);
  }
  return { width, height, cellPx, scale, darkness };
}

/** Takes the contrasts with the cells at a distance before and after each where they are greater; those with NaN are not. */
function raiseAgainst(
  luma: Float32Array,
  side: number,
  margin: number,
  darkness: Float32Array,
): void {
  for (let i = margin; i < luma.length - margin; i++) {
    const value = luma[i]!;
    const before = luma[i - side]! - value;
    const after = luma[i + side]! - value;
    // A line has both sides lighter or both darker: the product is positive.
    if (before * after > 0) {
      const contrast = Math.abs(before) < Math.abs(after) ? before : after;
      if (Math.abs(contrast) > Math.abs(darkness[i]!)) darkness[i] = contrast;
    }
  }
}

/** Log of the mean luma of each cell; NaN where the face does not cover all of it. */
function reduceLuma({ width, height, raster, template }: FaceCanvas, cellPx: number): Plane {
  const luma = createPlane(Math.floor(width / cellPx), Math.floor(height / cellPx));
  const pixels = cellPx * cellPx;
  for (let row = 0, cell = 0; row < luma.height; row++) {
    for (let column = 0; column < luma.width; column++, cell++) {
      const first = row * cellPx * width + column * cellPx;
      const sum = sumOfCell(template, raster.triangle, first, cellPx, width);
      luma.data[cell] = sum < 0 ? Number.NaN : logOfLevel(sum / pixels);
    }
  }
  return luma;
}

/** Sum of the luma of a square of pixels; below 0 where one of them is not covered. */
function sumOfCell(
  rgb: Float32Array,
  triangle: Int16Array,
  first: number,
  cellPx: number,
  width: number,
): number {
  let sum = 0;
  for (let y = 0; y < cellPx; y++) {
    for (let at = first + y * width; at < first + y * width + cellPx; at++) {
      if (triangle[at]! < 0) return -1;
      sum += 0.3 * rgb[3 * at]! + 0.6 * rgb[3 * at + 1]! + 0.1 * rgb[3 * at + 2]!;
    }
  }
  return sum;
}
