import type { Plane } from "../../src/imaging/plane.ts";

/** Longer than any line of cells, and its square. */
const FAR_STEPS = 1e6;
const FAR = FAR_STEPS ** 2;

/**
 * Euclidean distance in px from each cell to the nearest cell where `isZero` is true; the world outside the
 * grid counts as zero when `borderIsZero`. Exact, linear time (Felzenszwalb & Huttenlocher 2012).
 */
export function plainDistanceTransform(
  size: { readonly width: number; readonly height: number },
  isZero: (index: number) => boolean,
  borderIsZero = true,
): Plane {
  const { width, height } = size;
  const steps = columnDistances(size, isZero, borderIsZero);
  const data = new Float32Array(width * height);
  const line = new Float64Array(width + 2);
  const envelope = { at: new Int32Array(width + 2), bounds: new Float64Array(width + 3) };
  for (let y = 0; y < height; y++) {
    // The two cells beside the row stand for the world outside.
    line[0] = borderIsZero ? 0 : FAR;
    line[width + 1] = line[0]!;
    for (let x = 0; x < width; x++) line[x + 1] = steps[y * width + x]! ** 2;
    buildEnvelope(line, envelope);
    for (let x = 1, k = 0; x <= width; x++) {
      while (envelope.bounds[k + 1]! < x) k++;
      const d = x - envelope.at[k]!;
      data[y * width + x - 1] = Math.sqrt(d * d + line[envelope.at[k]!]!);
    }
  }
  return { width, height, data };
}

/** Distance along the column to the nearest zero cell, by one sweep down and one up. */
function columnDistances(
  size: { readonly width: number; readonly height: number },
  isZero: (index: number) => boolean,
  borderIsZero: boolean,
): Float32Array {
  const { width, height } = size;
  const steps = new Float32Array(width * height);
  const outside = borderIsZero ? 0 : FAR_STEPS;
  for (let i = 0; i < steps.length; i++) {
    if (!isZero(i)) steps[i] = (i < width ? outside : steps[i - width]!) + 1;
  }
  for (let i = steps.length - 1; i >= 0; i--) {
    const below = (i + width >= steps.length ? outside : steps[i + width]!) + 1;
    if (below < steps[i]!) steps[i] = below;
  }
  return steps;
}

function buildEnvelope(
  line: Float64Array,
  envelope: { at: Int32Array; bounds: Float64Array },
): void {
  const { at, bounds } = envelope;
  let k = 0;
  at[0] = 0;
  bounds[0] = -Infinity;
  bounds[1] = Infinity;
  for (let q = 1; q < line.length; q++) {
    let s = crossing(line, q, at[k]!);
    while (s <= bounds[k]!) {
      k--;
      s = crossing(line, q, at[k]!);
    }
    k++;
    at[k] = q;
    bounds[k] = s;
    bounds[k + 1] = Infinity;
  }
}

function crossing(line: Float64Array, q: number, p: number): number {
  return (line[q]! + q * q - line[p]! - p * p) / (2 * q - 2 * p);
}
