/**
 * Means of two by two pixels, rounded: `width` RGB pixels to `out` from twice as many (or the same one twice, `pairStep` 0) of the
 * rows `upper` and `lower`. `pairStep` is 3 otherwise. Writes one byte past the row.
 */
export function halveRow(upper: usize, lower: usize, out: usize, width: i32, pairStep: i32): void {
  const step = 3 + pairStep;
  for (let x = 0; x < width; x++) {
    const left = i16x8.add(v128.load_ext<u8>(upper), v128.load_ext<u8>(lower));
    const right = i16x8.add(v128.load_ext<u8>(upper + pairStep), v128.load_ext<u8>(lower + pairStep));
    const sum = i16x8.add(i16x8.add(left, right), i16x8.splat(2));
    const mean = i16x8.shr_u(sum, 2);
    // The fourth byte is overwritten by the next pixel.
    v128.store32_lane(out, i8x16.narrow_i16x8_u(mean, mean), 0);
    upper += step;
    lower += step;
    out += 3;
  }
}
