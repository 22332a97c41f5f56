/**
 * Catmull-Rom weights in 1/256 for 256 places between two pixels, four 16-bit numbers a place; the loader writes
 * them once.
 */
export const CUBIC_WEIGHTS: usize = memory.data(256 * 8, 16);

/** The first two of a row's four pixels (R G B R G B ...) as pairs of 16-bit numbers, channel by channel. */
const LEFT_PAIRS = i8x16(0, -128, 3, -128, 1, -128, 4, -128, 2, -128, 5, -128, -128, -128, -128, -128);
/** The last two of them. */
const RIGHT_PAIRS = i8x16(6, -128, 9, -128, 7, -128, 10, -128, 8, -128, 11, -128, -128, -128, -128, -128);
/** One pixel as 32-bit lanes, and its right neighbour. */
const PIXEL = i8x16(0, -128, -128, -128, 1, -128, -128, -128, 2, -128, -128, -128, -128, -128, -128, -128);
const NEIGHBOUR = i8x16(3, -128, -128, -128, 4, -128, -128, -128, 5, -128, -128, -128, -128, -128, -128, -128);

/** Added to a whole number it brings the number into the lowest bits; 1.5 * 2^52, so that negative ones fit too. */
const TO_LOW_BITS: f64 = 6755399441055744;

/**
 * The colour at a place (lanes x y, pixel centres at integers) of an RGB picture as four integer lanes R G B 0 in 1/65536 of a level,
 * not yet limited to 0..255: Catmull-Rom in fixed point, or bilinear within 2 px of the border. Reads up to 8 bytes past
 * a row and a row past the picture.
 */
@inline
export function readCubic(source: usize, stride: i32, width: i32, height: i32, place: v128): v128 {
  // Conversion of doubles to integers is slow: this way two cost one addition.
  const fixed = f64x2.add(
    f64x2.floor(f64x2.mul(place, f64x2.splat(256))),
    f64x2.splat(TO_LOW_BITS),
  );
  const x = i32x4.extract_lane(fixed, 0);
  const y = i32x4.extract_lane(fixed, 2);
  const x0 = x >> 8;
  const y0 = y >> 8;
  if (x0 < 1 || y0 < 1 || x0 + 2 >= width || y0 + 2 >= height) {
    const level = readLinear(source, stride, width, height, place);
    return i32x4.trunc_sat_f32x4_s(f32x4.mul(level, f32x4.splat(65536)));
  }
  const across = CUBIC_WEIGHTS + ((x & 255) << 3);
  const down = CUBIC_WEIGHTS + ((y & 255) << 3);
  const left = v128.load32_splat(across);
  const right = v128.load32_splat(across, 4);
  const at = source + (y0 - 1) * stride + (x0 - 1) * 3;
  let sum = i32x4.mul(mixRow(at, left, right), i32x4.splat(load<i16>(down)));
  sum = i32x4.add(
    sum,
    i32x4.mul(mixRow(at + stride, left, right), i32x4.splat(load<i16>(down, 2))),
  );
  sum = i32x4.add(
    sum,
    i32x4.mul(mixRow(at + 2 * stride, left, right), i32x4.splat(load<i16>(down, 4))),
  );
  sum = i32x4.add(
    sum,
    i32x4.mul(mixRow(at + 3 * stride, left, right), i32x4.splat(load<i16>(down, 6))),
  );
  return sum;
}

/** The result of {@link readCubic} as float lanes 0..255. */
@inline
export function levelsOf(sum: v128): v128 {
  const level = f32x4.mul(f32x4.convert_i32x4_s(sum), f32x4.splat(1.0 / 65536));
  // The exact minimum and maximum care for NaN and cost many times as much.
  return f32x4.pmin(f32x4.pmax(level, f32x4.splat(0)), f32x4.splat(255));
}

/** Four pixels of a row by their weights, in 1/256 of a level. */
@inline
function mixRow(at: usize, left: v128, right: v128): v128 {
  const bytes = v128.load(at);
  return i32x4.add(
    i32x4.dot_i16x8_s(i8x16.swizzle(bytes, LEFT_PAIRS), left),
    i32x4.dot_i16x8_s(i8x16.swizzle(bytes, RIGHT_PAIRS), right),
  );
}

/** Bilinear colour at a place with edge pixels repeated, as four float lanes R G B 0 (0..255). */
@inline
export function readLinear(source: usize, stride: i32, width: i32, height: i32, place: v128): v128 {
  const inside = f64x2.pmin(
    f64x2.pmax(place, f64x2.splat(0)),
    f64x2(<f64>(width - 1), <f64>(height - 1)),
  );
  const whole = f64x2.floor(inside);
  const corner = f64x2.add(whole, f64x2.splat(TO_LOW_BITS));
  const x0 = i32x4.extract_lane(corner, 0);
  const y0 = i32x4.extract_lane(corner, 2);
  const shares = f32x4.demote_f64x2_zero(f64x2.sub(inside, whole));
  const fx = f32x4.extract_lane(shares, 0);
  const fy = f32x4.extract_lane(shares, 1);
  const at = source + y0 * stride + x0 * 3;
  // Beside the last column and row the weight is 0: what is read there does not count.
  const upper = v128.load64_zero(at);
  const lower = v128.load64_zero(at + stride);
  const w11 = fx * fy;
  const w10 = fy - w11;
  const w01 = fx - w11;
  return f32x4.add(
    f32x4.add(
      f32x4.mul(lanes(upper, PIXEL), f32x4.splat(1 - fx - w10)),
      f32x4.mul(lanes(upper, NEIGHBOUR), f32x4.splat(w01)),
    ),
    f32x4.add(
      f32x4.mul(lanes(lower, PIXEL), f32x4.splat(w10)),
      f32x4.mul(lanes(lower, NEIGHBOUR), f32x4.splat(w11)),
    ),
  );
}

@inline
function lanes(bytes: v128, order: v128): v128 {
  return f32x4.convert_i32x4_s(i8x16.swizzle(bytes, order));
}
