import { readLinear } from "./read-pixel.ts";

/**
 * Rows of sampleCrop (src/imaging/sample-crop.ts): `count` rows of `width` pixels from row `firstRow`, bilinear. `source`: RGB, `stride`
 * bytes a row, with a frame of one black pixel; a row of bytes more has to be there. The map a b c d tx ty takes places
 * in the crop to places in the framed picture. `low` + `step` * level goes to the planes R, G and B of `out`,
 * `planeBytes` apart.
 */
export function cropRows(
  source: usize,
  stride: i32,
  sourceWidth: i32,
  sourceHeight: i32,
  a: f64,
  b: f64,
  c: f64,
  d: f64,
  tx: f64,
  ty: f64,
  width: i32,
  firstRow: i32,
  count: i32,
  low: f32,
  step: f32,
  out: usize,
  planeBytes: i32,
): void {
  const base = f32x4.splat(low);
  const gain = f32x4.splat(step);
  const across = f64x2(a, c);
  for (let y = firstRow; y < firstRow + count; y++) {
    const line = <f64>y + 0.5;
    let place = f64x2(a * 0.5 + b * line + tx - 0.5, c * 0.5 + d * line + ty - 0.5);
    for (let x = 0; x < width; x++, out += 4) {
      const colour = readLinear(source, stride, sourceWidth, sourceHeight, place);
      const value = f32x4.add(base, f32x4.mul(gain, colour));
      v128.store32_lane(out, value, 0);
      v128.store32_lane(out + planeBytes, value, 1);
      v128.store32_lane(out + 2 * planeBytes, value, 2);
      place = f64x2.add(place, across);
    }
  }
}
