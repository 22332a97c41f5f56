/** The plain version of prepareFields (src/imaging/lent-fields.ts). */
import {
  type FieldScale,
  fieldPlaces,
  type RowPlace,
  type Run,
} from "../../src/imaging/field-places.ts";
import type { Plane } from "../../src/imaging/plane.ts";

/** Bilinear upsampling of several coarse planes at once, a pixel row at a time. */
export interface FieldRows {
  /** One row of pixels per plane, filled by {@link seekRow}. */
  readonly rows: readonly Float32Array[];
  /** Fills the rows with the fields at pixel row y. */
  seekRow(y: number): void;
}

/** Samples planes of equal size; cell centres lie at (cell + 0.5) * cellPx, edge cells are repeated. */
export function createFieldRows(planes: readonly Plane[], scale: FieldScale): FieldRows {
  const { width } = planes[0]!;
  const { runs, placeOfRow } = fieldPlaces(planes[0]!, scale);
  // One cell more than the plane has, so that the last cell's right neighbour is itself.
  const coarse = new Float32Array(width + 1);
  const rows = planes.map(() => new Float32Array(scale.widthPx));
  return {
    rows,
    seekRow(y) {
      const place = placeOfRow(y);
      for (let f = 0; f < planes.length; f++) {
        blendLines(planes[f]!.data, place, coarse);
        stretchLine(coarse, runs, rows[f]!);
      }
    },
  };
}

function blendLines(
  data: Float32Array,
  { upper, lower, share }: RowPlace,
  out: Float32Array,
): void {
  const width = out.length - 1;
  for (let i = 0; i < width; i++) {
    const value = data[upper + i]!;
    out[i] = value + (data[lower + i]! - value) * share;
  }
  out[width] = out[width - 1]!;
}

function stretchLine(coarse: Float32Array, runs: readonly Run[], out: Float32Array): void {
  for (let r = 0; r < runs.length; r++) {
    const { cell, from, to, share, step } = runs[r]!;
    const rise = coarse[cell + 1]! - coarse[cell]!;
    const slope = rise * step;
    let value = coarse[cell]! + rise * share;
    for (let x = from; x < to; x++) {
      out[x] = value;
      value += slope;
    }
  }
}
