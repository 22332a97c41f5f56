import { levelsOf, readCubic, readLinear } from "./read-pixel.ts";

/** ln(v + 6) for v in 0..255 in steps of 1/16 (src/imaging/log-opponent.ts); the loader writes it once. */
export const LOG_LEVELS: usize = memory.data(4096 * 4, 16);

/** A triangle's part of a picture; the order and the sizes are those that src/imaging/mesh-sampler.ts writes. */
@unmanaged
class Sampler {
  xx: f64;
  xy: f64;
  x0: f64;
  yx: f64;
  yy: f64;
  y0: f64;
  /** Address of the picture's first pixel, were all its rows there. */
  source: i32;
  stride: i32;
  width: i32;
  height: i32;
  isEnlarged: i32;
}
const SAMPLER_BYTES = 72;

/**
 * Rows `firstRow`... of sampleUnderMesh (src/imaging/mesh-sampler.ts), `count` pixels. `triangles`: 16-bit numbers of samplers, -1
 * for none; `chosen`: a byte a pixel, 0 for not chosen. `out`: three floats a pixel and one more, zeros before.
 */
export function sampleRows(
  triangles: usize,
  chosen: usize,
  samplers: usize,
  firstRow: i32,
  width: i32,
  count: i32,
  isRgb: i32,
  out: usize,
): void {
  let px = 0;
  let py = firstRow;
  for (let i = 0; i < count; i++) {
    const t = load<i16>(triangles + (i << 1));
    if (t >= 0 && load<u8>(chosen + i) != 0) {
      const s = changetype<Sampler>(samplers + t * SAMPLER_BYTES);
      const place = f64x2(s.xx * px + s.xy * py + s.x0, s.yx * px + s.yy * py + s.y0);
      const colour = s.isEnlarged
        ? levelsOf(readCubic(s.source, s.stride, s.width, s.height, place))
        : readLinear(s.source, s.stride, s.width, s.height, place);
      if (isRgb) storeColour(out, colour);
      else storeOpponent(out, colour);
    }
    out += 12;
    if (++px == width) {
      px = 0;
      py++;
    }
  }
}

@inline
function storeColour(out: usize, colour: v128): void {
  v128.store64_lane(out, colour, 0);
  v128.store32_lane(out + 8, colour, 2);
}

@inline
function storeOpponent(out: usize, colour: v128): void {
  // 1.5 * 2^23 brings the rounded number into the lowest bits; conversion would cost five times as much.
  const moved = f32x4.add(f32x4.mul(colour, f32x4.splat(16)), f32x4.splat(12582912));
  const step = i32x4.min_s(i32x4.sub(moved, i32x4.splat(0x4b400000)), i32x4.splat(4095));
  const r = load<f32>(LOG_LEVELS + (i32x4.extract_lane(step, 0) << 2));
  const g = load<f32>(LOG_LEVELS + (i32x4.extract_lane(step, 1) << 2));
  const b = load<f32>(LOG_LEVELS + (i32x4.extract_lane(step, 2) << 2));
  store<f32>(out, <f32>0.3 * r + <f32>0.6 * g + <f32>0.1 * b);
  store<f32>(out + 4, r - g);
  store<f32>(out + 8, b - g);
}
