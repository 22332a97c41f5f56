/** Px over which a small face's border fades at least, or single pixels of it would show. */
const NARROWEST: f32 = 5;

/**
 * One row of createBlendMask (src/fusion/blend/blend-mask.ts), four pixels at a time. `border`: distance in px to the nearest pixel
 * that the face does not cover; `hidden`: what stands before the face, 0..1; `alpha` is written. All have room for 16
 * bytes more. `height` is the first pixel's place on the face (0 forehead's top, 1 chin), `step` the next one's
 * distance from it, `scale` the face's in px.
 */
export function featherRow(
  border: usize,
  hidden: usize,
  alpha: usize,
  width: i32,
  height: f32,
  step: f32,
  scale: f32,
): void {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  let place = f32x4.add(f32x4.splat(height), f32x4.mul(f32x4.splat(step), f32x4(0, 1, 2, 3)));
  const stride = f32x4.splat(4 * step);
  for (const end = alpha + ((<usize>width) << 2); alpha < end; border += 16, hidden += 16, alpha += 16) {
    const distance = f32x4.sub(v128.load(border), f32x4.splat(0.6));
    // 0.11 at the forehead's top, 0.0625 from three tenths of the height, 0.045 from six tenths.
    const above = f32x4.sub(f32x4.splat(0.11), f32x4.mul(place, f32x4.splat(0.1583333333)));
    const below = f32x4.sub(f32x4.splat(0.08), f32x4.mul(place, f32x4.splat(0.0583333333)));
    const lower = f32x4.pmax(below, f32x4.splat(0.045));
    const feather = f32x4.pmin(f32x4.pmax(above, lower), f32x4.splat(0.11));
    const reach = f32x4.pmax(f32x4.mul(feather, f32x4.splat(scale)), f32x4.splat(NARROWEST));
    const inside = smooth(f32x4.div(distance, reach));
    const veil = f32x4.sub(v128.load(hidden), f32x4.splat(0.1));
    const shown = f32x4.sub(one, smooth(f32x4.mul(veil, f32x4.splat(1.0 / 0.6))));
    v128.store(alpha, v128.and(f32x4.mul(inside, shown), f32x4.gt(distance, zero)));
    place = f32x4.add(place, stride);
  }
}

/** 3t² - 2t³ of t limited to 0..1. */
@inline
function smooth(value: v128): v128 {
  const t = f32x4.pmin(f32x4.pmax(value, f32x4.splat(0)), f32x4.splat(1));
  const bend = f32x4.sub(f32x4.splat(3), f32x4.add(t, t));
  return f32x4.mul(f32x4.mul(t, t), bend);
}

/** `count` (a multiple of four) distances from the face's border to its interior, 0..1: 1 from `reach` px inwards. */
export function writeInterior(border: usize, count: i32, reach: f32): void {
  const scale = f32x4.splat(1 / reach);
  for (const end = border + ((<usize>count) << 2); border < end; border += 16) {
    v128.store(border, smooth(f32x4.mul(v128.load(border), scale)));
  }
}

/** 1 for each of `count` (a multiple of four) 16-bit numbers of triangles that is one, 0 for -1; floats. */
export function markCovered(triangles: usize, count: i32, out: usize): void {
  for (const end = out + ((<usize>count) << 2); out < end; triangles += 8, out += 16) {
    const isCovered = i32x4.ge_s(v128.load_ext<i16>(triangles), i32x4.splat(0));
    v128.store(out, v128.and(isCovered, f32x4.splat(1)));
  }
}
