/** Limits a number to [low, high]. */
export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}

/** Hermite step: 0 below `from`, 1 above `to`, 3t²-2t³ between. `from` may be larger than `to` for a falling step. */
export function smoothstep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

/** Linear interpolation from a (t = 0) to b (t = 1). */
export function mix(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/**
 * Returns the q-quantile (0..1) of values by sorting a copy; the nearest rank, 0 for an empty list.
 */
export function quantile(values: ArrayLike<number>, q: number): number {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  return sorted[clamp(Math.round(q * (sorted.length - 1)), 0, sorted.length - 1)]!;
}

/** Median absolute deviation from the median, not scaled; a robust spread (Hampel 1974). */
export function medianDeviation(values: ArrayLike<number>): number {
  const middle = quantile(values, 0.5);
  return quantile(
    Float64Array.from(values, (v) => Math.abs(v - middle)),
    0.5,
  );
}
