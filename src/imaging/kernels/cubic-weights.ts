/** Catmull-Rom weights in 1/256 for 256 places between two pixels; each four add up to 256. */
export const CUBIC_WEIGHTS = Int32Array.from({ length: 4 * 256 }, (_, i) => {
  const t = Math.floor(i / 4) / 256;
  const [a, b, c] = [
    Math.round(256 * t * (t * (1 - 0.5 * t) - 0.5)),
    Math.round(256 * (t * t * (1.5 * t - 2.5) + 1)),
    Math.round(256 * t * (t * (2 - 1.5 * t) + 0.5)),
  ];
  return [a, b, c, 256 - a - b - c][i % 4]!;
});
