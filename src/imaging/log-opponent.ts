/**
 * Log-opponent colour of gamma-coded sRGB: l_c = ln(v_c + 6) for v in 0..255; Y = .3 lR + .6 lG + .1 lB, A = lR - lG,
 * B = lB - lG. A change of light or white balance is close to an addition here; the 6 keeps dark pixels stable.
 */

const OFFSET = 6;
const STEPS_PER_LEVEL = 16;
/** ln(v + 6) for v in 0..255 in steps of 1/16. */
export const LOG_LEVEL_TABLE = Float32Array.from({ length: 256 * STEPS_PER_LEVEL }, (_, i) =>
  Math.log(i / STEPS_PER_LEVEL + OFFSET),
);

/** ln(v + 6) of an 8-bit value given as a float 0..255, to 1/16 of a level. */
export function logOfLevel(value: number): number {
  const index = (value * STEPS_PER_LEVEL + 0.5) | 0;
  return LOG_LEVEL_TABLE[
    index < 0 ? 0 : index >= LOG_LEVEL_TABLE.length ? LOG_LEVEL_TABLE.length - 1 : index
  ]!;
}

const EXP_FROM = 0;
const EXP_TO = 6;
const EXP_STEPS = 6144;
const EXP_TABLE = Float32Array.from(
  { length: EXP_STEPS + 2 },
  (_, i) => Math.exp(EXP_FROM + ((EXP_TO - EXP_FROM) * i) / EXP_STEPS) - OFFSET,
);

/** exp(l) - 6 clamped to 0..255: the inverse of {@link logOfLevel}. */
export function levelOfLog(value: number): number {
  const at = ((value - EXP_FROM) * EXP_STEPS) / (EXP_TO - EXP_FROM);
  if (at <= 0) return 0;
  if (at >= EXP_STEPS) return 255;
  const index = at | 0;
  const low = EXP_TABLE[index]!;
  const level = low + (at - index) * (EXP_TABLE[index + 1]! - low);
  return level < 0 ? 0 : level > 255 ? 255 : level;
}

/** Writes one RGB colour (0..255, from `from` of `rgb`) as Y A B at `at`. */
export function writeLogOpponent(
  target: Float32Array,
  at: number,
  rgb: ArrayLike<number>,
  from = 0,
): void {
  const r = logOfLevel(rgb[from]!);
  const g = logOfLevel(rgb[from + 1]!);
  const b = logOfLevel(rgb[from + 2]!);
  target[at] = 0.3 * r + 0.6 * g + 0.1 * b;
  target[at + 1] = r - g;
  target[at + 2] = b - g;
}

/** Converts Y A B at `from` of `colour` to RGB levels at `at` of `out`. */
export function writeLevels(
  colour: ArrayLike<number>,
  from: number,
  out: Float32Array,
  at: number,
): void {
  const green = colour[from]! - 0.3 * colour[from + 1]! - 0.1 * colour[from + 2]!;
  out[at] = levelOfLog(green + colour[from + 1]!);
  out[at + 1] = levelOfLog(green);
  out[at + 2] = levelOfLog(green + colour[from + 2]!);
}
