/** Alpha from which on a pixel counts. */
const SEEN: f32 = 0.6;

/**
 * Sums over a strip of `pixels` (a multiple of four) pixels that show the fused face: their number, and the squares of both bands
 * (src/fusion/finish/detail-bands.ts). `strip`: `pixels` floats each of luma, of it blurred a little, of it blurred
 * more, and of alpha. `out`: three doubles.
 */
export function sumBandEnergies(strip: usize, pixels: i32, out: usize): void {
  const pitch = (<usize>pixels) << 2;
  let counted = f32x4.splat(0);
  let fineSum = f64x2.splat(0);
  let coarseSum = f64x2.splat(0);
  for (const end = strip + pitch; strip < end; strip += 16) {
    const isSeen = f32x4.ge(v128.load(strip + 3 * pitch), f32x4.splat(SEEN));
    const near = v128.load(strip + pitch);
    const fine = v128.and(isSeen, f32x4.sub(v128.load(strip), near));
    const coarse = v128.and(isSeen, f32x4.sub(near, v128.load(strip + 2 * pitch)));
    counted = f32x4.add(counted, v128.and(isSeen, f32x4.splat(1)));
    fineSum = f64x2.add(fineSum, pairs(f32x4.mul(fine, fine)));
    coarseSum = f64x2.add(coarseSum, pairs(f32x4.mul(coarse, coarse)));
  }
  const count =
    f32x4.extract_lane(counted, 0) +
    f32x4.extract_lane(counted, 1) +
    f32x4.extract_lane(counted, 2) +
    f32x4.extract_lane(counted, 3);
  store<f64>(out, <f64>count);
  store<f64>(out, f64x2.extract_lane(fineSum, 0) + f64x2.extract_lane(fineSum, 1), 8);
  store<f64>(out, f64x2.extract_lane(coarseSum, 0) + f64x2.extract_lane(coarseSum, 1), 16);
}

/** Four floats added up to two doubles. */
@inline
function pairs(four: v128): v128 {
  const upper = v128.shuffle<i32>(four, four, 2, 3, 2, 3);
  return f64x2.add(f64x2.promote_low_f32x4(four), f64x2.promote_low_f32x4(upper));
}
