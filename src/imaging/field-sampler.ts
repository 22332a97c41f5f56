import type { Plane } from "./plane.ts";

/**
 * Bilinear upsampling of several coarse planes at once, row by row: the vertical blend is done once a row, so a pixel
 * costs one interpolation per field.
 */
export interface FieldSampler {
  /** Number of planes. */
  readonly count: number;
  /** Prepares pixel row y. */
  seekRow(y: number): void;
  /** Writes all fields at pixel x of the prepared row to `out`. */
  read(x: number, out: Float32Array): void;
}

/** Samples planes of equal size whose cells are `cellPx` pixels wide; edge cells are repeated. */
export function createFieldSampler(planes: readonly Plane[], cellPx: number): FieldSampler {
  const count = planes.length;
  const { width, height } = planes[0]!;
  const packed = new Float32Array(width * height * count);
  for (const [f, plane] of planes.entries()) {
    for (let i = 0; i < width * height; i++) packed[i * count + f] = plane.data[i]!;
  }
  const row = new Float32Array(width * count);
  const place = (px: number, size: number): number => {
    const at = (px + 0.5) / cellPx - 0.5;
    return at < 0 ? 0 : at > size - 1 ? size - 1 : at;
  };
  return {
    count,
    seekRow(y) {
      const at = place(y, height);
      const upper = at | 0;
      const share = at - upper;
      const from = upper * width * count;
      const to = Math.min(upper + 1, height - 1) * width * count;
      for (let i = 0; i < row.length; i++) {
        const value = packed[from + i]!;
        row[i] = value + (packed[to + i]! - value) * share;
      }
    },
    read(x, out) {
      const at = place(x, width);
      const left = at | 0;
      const share = at - left;
      const a = left * count;
      const b = left + 1 < width ? a + count : a;
      for (let f = 0; f < count; f++) {
        const value = row[a + f]!;
        out[f] = value + (row[b + f]! - value) * share;
      }
    },
  };
}
