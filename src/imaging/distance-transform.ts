import type { Plane } from "./plane.ts";

const FAR = 1e12;

/**
 * Euclidean distance in px from each cell to the nearest cell where `isZero` is true; the world outside the
 * grid counts as zero when `borderIsZero`. Exact, linear time (Felzenszwalb & Huttenlocher 2012).
 */
export function distanceTransform(
  size: { readonly width: number; readonly height: number },
  isZero: (index: number) => boolean,
  borderIsZero = true,
): Plane {
  const { width, height } = size;
  const pad = borderIsZero ? 1 : 0;
  const w = width + 2 * pad;
  const h = height + 2 * pad;
  const squared = new Float64Array(w * h);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      squared[(y + pad) * w + x + pad] = isZero(y * width + x) ? 0 : FAR;
    }
  }
  transformLines(squared, { count: w, length: h, step: w, stride: 1 });
  transformLines(squared, { count: h, length: w, step: 1, stride: w });
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      data[y * width + x] = Math.sqrt(squared[(y + pad) * w + x + pad]!);
    }
  }
  return { width, height, data };
}

interface Lines {
  readonly count: number;
  readonly length: number;
  readonly step: number;
  readonly stride: number;
}

/** Replaces each line by the lower envelope of its parabolas, in place. */
function transformLines(values: Float64Array, lines: Lines): void {
  const { count, length, step, stride } = lines;
  const line = new Float64Array(length);
  const envelope = { at: new Int32Array(length), bounds: new Float64Array(length + 1) };
  for (let n = 0; n < count; n++) {
    const start = n * stride;
    for (let i = 0; i < length; i++) line[i] = values[start + i * step]!;
    buildEnvelope(line, envelope);
    let k = 0;
    for (let q = 0; q < length; q++) {
      while (envelope.bounds[k + 1]! < q) k++;
      const d = q - envelope.at[k]!;
      values[start + q * step] = d * d + line[envelope.at[k]!]!;
    }
  }
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
