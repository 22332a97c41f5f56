/**
 * A row of blocks of averageBlocks (src/imaging/average-blocks.ts). `rows`: the `rowCount` rows of pixels that are looked at, RGB,
 * `stride` bytes apart; of the first, third ... the pixels 0 2 4 ... count, of the others 1 3 5 .... `block`: pixels
 * along a block's side; `shift`: by how much a block's sum exceeds its mean, in powers of two. `out`: 3 * `count` bytes and
 * one more. Reads up to 5 bytes past the rows.
 */
export function averageRow(
  rows: usize,
  stride: i32,
  rowCount: i32,
  block: i32,
  shift: i32,
  count: i32,
  out: usize,
): void {
  const half = i32x4.splat((1 << shift) >> 1);
  for (let i = 0; i < count; i++) {
    let sums = half;
    for (let row = 0; row < rowCount; row++) {
      const first = rows + row * stride + (row & 1) * 3;
      const end = first + 3 * block;
      // A row's 16 bits are enough for blocks of 512.
      let sum = i16x8.splat(0);
      for (let at = first; at < end; at += 6) sum = i16x8.add(sum, v128.load_ext<u8>(at));
      sums = i32x4.add(sums, i32x4.extend_low_i16x8_u(sum));
    }
    const means = i32x4.shr_u(sums, shift);
    const words = i16x8.narrow_i32x4_s(means, means);
    // The fourth byte is overwritten by the next block.
    v128.store32_lane(out, i8x16.narrow_i16x8_u(words, words), 0);
    rows += 3 * block;
    out += 3;
  }
}
