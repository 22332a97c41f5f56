/**
 * e^x in four lanes, relative error below 4e-7, for x within -80..80 (beyond that as at the bound): 2^n times a polynomial of the
 * rest, which lies within ±ln(2)/2 (Cody & Waite 1980).
 */
@inline
export function exponential(x: v128): v128 {
  const inside = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-80)), f32x4.splat(80));
  // 1.5 * 2^23 brings the rounded number into the lowest bits; conversion would cost five times as much.
  const moved = f32x4.add(f32x4.mul(inside, f32x4.splat(1.44269504)), f32x4.splat(12582912));
  const whole = f32x4.sub(moved, f32x4.splat(12582912));
  // ln(2) in two parts, so that the difference keeps its digits.
  const coarse = f32x4.sub(inside, f32x4.mul(whole, f32x4.splat(0.693359375)));
  const r = f32x4.sub(coarse, f32x4.mul(whole, f32x4.splat(-2.12194440e-4)));
  let sum = f32x4.splat(1.0 / 720);
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 120));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 24));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1.0 / 6));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(0.5));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  sum = f32x4.add(f32x4.mul(sum, r), f32x4.splat(1));
  // Added to the exponent's bits, n multiplies by 2^n.
  return i32x4.add(sum, i32x4.shl(moved, 23));
}

/** tanh(x) in four lanes. */
@inline
export function hyperbolicTangent(x: v128): v128 {
  const square = exponential(f32x4.add(x, x));
  const one = f32x4.splat(1);
  return f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(square, one)));
}
