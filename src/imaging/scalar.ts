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

/** Returns the q-quantile (0..1) of values, unsorted ones too; the nearest rank, 0 for an empty list. */
export function quantile(values: ArrayLike<number>, q: number): number {
  if (values.length === 0) return 0;
  const last = values.length - 1;
  return takeRank(new Float64Array(values), clamp(Math.round(q * last), 0, last));
}

/** The value that would stand at `rank` if the values were sorted (Hoare 1961); changes their order. */
function takeRank(values: Float64Array, rank: number): number {
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const split = partition(values, low, high);
    if (rank <= split) high = split;
    else low = split + 1;
  }
  return values[rank]!;
}

/** Brings the smaller values of a part to its front and returns the last place of them, which is before `high`. */
function partition(values: Float64Array, low: number, high: number): number {
  const pivot = values[(low + high) >> 1]!;
  let i = low;
  let j = high;
  for (;;) {
    while (values[i]! < pivot) i++;
    while (values[j]! > pivot) j--;
    if (i >= j) return j;
    const moved = values[i]!;
    values[i++] = values[j]!;
    values[j--] = moved;
  }
}

/** Median absolute deviation from the median, not scaled; a robust spread (Hampel 1974). */
export function medianDeviation(values: ArrayLike<number>): number {
  const deviations = new Float64Array(values);
  const middle = quantile(deviations, 0.5);
  for (let i = 0; i < deviations.length; i++) deviations[i] = Math.abs(deviations[i]! - middle);
  return quantile(deviations, 0.5);
}
