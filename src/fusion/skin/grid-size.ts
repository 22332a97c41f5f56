/** Cells along the face's length: fine enough for the narrowest smoothing (0.022 S), independent of the picture's size. */
const CELLS_PER_FACE = 84;

/** Only every n-th row and column of pixels is looked at: cells of many pixels are judged by a part of them. */
export function gridStep(cellPx: number): number {
  return Math.max(1, Math.floor(cellPx / 2));
}

/** Pixels along a cell's side for a face of this length in px. */
export function cellSize(facePx: number): number {
  return Math.max(1, Math.round(facePx / CELLS_PER_FACE));
}
