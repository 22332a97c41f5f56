/** Neighbouring pixels between the same two cells; the order and the sizes are those that src/imaging/field-places.ts writes. */
@unmanaged
class Run {
  cell: i32;
  from: i32;
  to: i32;
  /** Place of the first pixel between the two cells, 0..1, and the step from pixel to pixel. */
  share: f32;
  step: f32;
}
const RUN_BYTES = 20;

/**
 * One row of pixels of `count` coarse planes of floats, bilinear (src/imaging/field-places.ts). `upper`, `lower`: the first
 * plane's rows of cells to blend, `width` cells each; the same rows of the next planes lie `planeBytes` further.
 * `coarse`: `width` + 4 floats. `rows`: `pitch` bytes a plane, 12 more than the pixels need.
 */
export function stretchFields(
  upper: usize,
  lower: usize,
  planeBytes: i32,
  count: i32,
  share: f32,
  width: i32,
  runs: usize,
  runCount: i32,
  coarse: usize,
  rows: usize,
  pitch: i32,
): void {
  const lastRun = runs + runCount * RUN_BYTES;
  const ramp = f32x4(0, 1, 2, 3);
  for (let plane = 0; plane < count; plane++) {
    blendLines(upper, lower, share, width, coarse);
    for (let at = runs; at < lastRun; at += RUN_BYTES) {
      const run = changetype<Run>(at);
      const left = load<f32>(coarse + (run.cell << 2));
      const rise = load<f32>(coarse + (run.cell << 2), 4) - left;
      const slope = rise * run.step;
      let four = f32x4.add(
        f32x4.splat(left + rise * run.share),
        f32x4.mul(f32x4.splat(slope), ramp),
      );
      const stride = f32x4.splat(4 * slope);
      const end = rows + (run.to << 2);
      // What is written past the run is overwritten by the next one.
      for (let to = rows + (run.from << 2); to < end; to += 16) {
        v128.store(to, four);
        four = f32x4.add(four, stride);
      }
    }
    upper += planeBytes;
    lower += planeBytes;
    rows += pitch;
  }
}

/** Blends two rows of cells; one cell more, so that the last cell's right neighbour is itself. */
@inline
function blendLines(upper: usize, lower: usize, share: f32, width: i32, coarse: usize): void {
  const part = f32x4.splat(share);
  for (let x = 0; x < width; x += 4) {
    const high = v128.load(upper + (x << 2));
    const low = v128.load(lower + (x << 2));
    v128.store(coarse + (x << 2), f32x4.add(high, f32x4.mul(f32x4.sub(low, high), part)));
  }
  store<f32>(coarse + (width << 2), load<f32>(coarse + (width << 2) - 4));
}
