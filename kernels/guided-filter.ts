import { blurPlane } from "./box-blur.ts";

/**
 * guidedFilter (src/imaging/guided-filter.ts) of a plane in place; `planes`: room for three more of its size, each with 16 bytes to
 * spare. `scratch`: as for {@link blurPlane}.
 */
export function filterGuided(
  plane: usize,
  width: i32,
  height: i32,
  radius: i32,
  epsilon: f32,
  planes: usize,
  scratch: usize,
): void {
  const bytes = (<usize>(width * height)) << 2;
  const pitch = (bytes + 31) & ~15;
  const mean = planes;
  const squares = planes + pitch;
  const offset = squares + pitch;
  for (let at: usize = 0; at < bytes; at += 16) {
    const value = v128.load(plane + at);
    v128.store(mean + at, value);
    v128.store(squares + at, f32x4.mul(value, value));
  }
  blurPlane(mean, width, height, radius, 1, scratch);
  blurPlane(squares, width, height, radius, 1, scratch);
  const one = f32x4.splat(1);
  const floor = f32x4.splat(epsilon);
  for (let at: usize = 0; at < bytes; at += 16) {
    const middle = v128.load(mean + at);
    const spread = f32x4.sub(v128.load(squares + at), f32x4.mul(middle, middle));
    const variance = f32x4.pmax(spread, f32x4.splat(0));
    const slope = f32x4.div(variance, f32x4.add(variance, floor));
    v128.store(squares + at, slope);
    v128.store(offset + at, f32x4.mul(middle, f32x4.sub(one, slope)));
  }
  blurPlane(squares, width, height, radius, 1, scratch);
  blurPlane(offset, width, height, radius, 1, scratch);
  for (let at: usize = 0; at < bytes; at += 16) {
    const scaled = f32x4.mul(v128.load(squares + at), v128.load(plane + at));
    v128.store(plane + at, f32x4.add(v128.load(offset + at), scaled));
  }
}
