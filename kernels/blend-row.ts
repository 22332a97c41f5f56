import { levelsOf, readCubic } from "./read-pixel.ts";

/**
 * One row of blendBack (src/fusion/blend/blend-back.ts). `source`: the untouched region, `width` x `height` RGB, 3 * width
 * bytes a row; only the rows that row `y` needs have to be there. `rows`: `width` floats each of dx, dy, distance from
 * the face's border and alpha, then 3 * `width` each of the template's own face and of the fused one. `out`: 3 * `width`
 * bytes and one more.
 */
export function blendRow(
  source: usize,
  width: i32,
  height: i32,
  y: i32,
  rows: usize,
  out: usize,
  negligiblePx: f32,
  perCrossfadePx: f32,
): void {
  const pitch = (<usize>width) << 2;
  const stride = 3 * width;
  let own = rows + 4 * pitch;
  let still = source + y * stride;
  for (let x = 0; x < width; x++) {
    const dx = load<f32>(rows);
    const dy = load<f32>(rows + pitch);
    const inside = load<f32>(rows + 2 * pitch) * perCrossfadePx;
    if (inside == 0 && Mathf.abs(dx) + Mathf.abs(dy) < negligiblePx) {
      store<u32>(out, load<u32>(still));
    } else {
      let colour = i32x4.splat(0);
      if (inside < 1) {
        const place = f64x2(<f64>x + <f64>dx, <f64>y + <f64>dy);
        colour = readCubic(source, stride, width, height, place);
      }
      let level: v128;
      if (inside > 0) {
        const under = levelsOf(colour);
        const share = f32x4.splat(inside < 1 ? inside : 1);
        const base = f32x4.add(under, f32x4.mul(share, f32x4.sub(v128.load(own), under)));
        const alpha = v128.load32_splat(rows + 3 * pitch);
        const over = f32x4.sub(v128.load(own + 3 * pitch), base);
        level = i32x4.trunc_sat_f32x4_s(
          f32x4.nearest(f32x4.add(base, f32x4.mul(alpha, over))),
        );
      } else {
        level = i32x4.shr_s(i32x4.add(colour, i32x4.splat(32768)), 16);
      }
      const words = i16x8.narrow_i32x4_s(level, level);
      // The fourth byte is overwritten by the next pixel.
      v128.store32_lane(out, i8x16.narrow_i16x8_u(words, words), 0);
    }
    rows += 4;
    own += 12;
    still += 3;
    out += 3;
  }
}
