import type { Plane } from "./plane.ts";

/** How the pixels lie on the planes' cells. */
export interface FieldScale {
  /** Pixels along a cell's side; may be fractional. */
  readonly cellPx: number;
  /** Pixels in a row. */
  readonly widthPx: number;
  /** What to add to a pixel's place in both directions, px. */
  readonly shiftPx?: number;
}

/** Between which cells the pixels lie. */
interface FieldPlaces {
  readonly runs: readonly Run[];
  placeOfRow(y: number): RowPlace;
}

/** The two rows of cells around a row of pixels. */
export interface RowPlace {
  /** Index of each row's first cell. */
  readonly upper: number;
  readonly lower: number;
  /** Share of the lower one, 0..1. */
  readonly share: number;
}

/** Works out where pixels lie on planes of a size; cell centres lie at (cell + 0.5) * cellPx, edge cells are repeated. */
export function fieldPlaces({ width, height }: Plane, scale: FieldScale): FieldPlaces {
  const { cellPx, widthPx, shiftPx = 0 } = scale;
  const place = (px: number, size: number): number => {
    const at = (px + shiftPx + 0.5) / cellPx - 0.5;
    return at < 0 ? 0 : at > size - 1 ? size - 1 : at;
  };
  return {
    runs: runsOf(widthPx, (x) => place(x, width)),
    placeOfRow(y) {
      const at = place(y, height);
      const upper = at | 0;
      const lower = Math.min(upper + 1, height - 1);
      return { upper: upper * width, lower: lower * width, share: at - upper };
    },
  };
}

/** Neighbouring pixels between the same two cells, along which every field is a straight line. */
export interface Run {
  readonly cell: number;
  readonly from: number;
  readonly to: number;
  /** Place of the first pixel between the two cells, 0..1, and the step from pixel to pixel. */
  readonly share: number;
  readonly step: number;
}

/** Bytes of a run as {@link writeFieldRuns} writes it. */
export const FIELD_RUN_BYTES = 20;

/** Writes runs as kernels/stretch-fields.ts reads them. */
export function writeFieldRuns(runs: readonly Run[], view: DataView): void {
  for (const [i, { cell, from, to, share, step }] of runs.entries()) {
    const at = i * FIELD_RUN_BYTES;
    view.setInt32(at, cell, true);
    view.setInt32(at + 4, from, true);
    view.setInt32(at + 8, to, true);
    view.setFloat32(at + 12, share, true);
    view.setFloat32(at + 16, step, true);
  }
}

function runsOf(widthPx: number, placeOf: (x: number) => number): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < widthPx; ) {
    const first = placeOf(from);
    const step = from + 1 < widthPx ? placeOf(from + 1) - first : 0;
    let to = from + 1;
    // A run ends with its cell, or where the edge cell begins to be repeated.
    while (
      to < widthPx &&
      (placeOf(to) | 0) === (first | 0) &&
      Math.abs(placeOf(to) - first - step * (to - from)) < 1e-6
    ) {
      to++;
    }
    runs.push({
      cell: first | 0,
      from,
      to,
      share: first - (first | 0),
      step: to > from + 1 ? step : 0,
    });
    from = to;
  }
  return runs;
}
