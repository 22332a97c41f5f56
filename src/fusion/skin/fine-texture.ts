import { createPlane, type Plane } from "../../imaging/plane.ts";
import type { FaceCanvas } from "../face-canvas.ts";
import { gridStep } from "./grid-size.ts";

/** The grid that a canvas is reduced to. */
interface GridSize {
  readonly width: number;
  readonly height: number;
  /** Canvas pixels along a cell's side. */
  readonly cellPx: number;
}

/**
 * Standard deviation of Y (log units) among the looked-at pixels of each cell: high on hair, lashes and edges, low on
 * skin. `colours` are Y A B of the canvas, interleaved. All 0 where a cell is a single pixel.
 */
export function measureTexture(canvas: FaceCanvas, colours: Float32Array, grid: GridSize): Plane {
  const { width, height, cellPx } = grid;
  const texture = createPlane(width, height);
  if (cellPx < 2) return texture;
  const step = gridStep(cellPx);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const cell = { x: column * cellPx, y: row * cellPx, cellPx, step };
      texture.data[row * width + column] = deviationIn(canvas, colours, cell);
    }
  }
  return texture;
}

function deviationIn(
  { raster, width, height }: FaceCanvas,
  colours: Float32Array,
  cell: { x: number; y: number; cellPx: number; step: number },
): number {
  const { cellPx, step } = cell;
  const right = Math.min(cell.x + cellPx, width);
  const bottom = Math.min(cell.y + cellPx, height);
  let sum = 0;
  let squares = 0;
  let count = 0;
  for (let y = Math.ceil(cell.y / step) * step; y < bottom; y += step) {
    for (let x = Math.ceil(cell.x / step) * step; x < right; x += step) {
      const at = y * width + x;
      if (raster.triangle[at]! < 0) continue;
      const value = colours[3 * at]!;
      sum += value;
      squares += value * value;
      count++;
    }
  }
  return count < 2 ? 0 : Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2));
}
