import { CUBIC_WEIGHTS } from "../../src/imaging/kernels/cubic-weights.ts";
import { readBilinear } from "../../src/imaging/mesh-sampler.ts";
import type { Picture } from "../../src/imaging/picture.ts";
import { clamp } from "../../src/imaging/scalar.ts";

/**
 * What the kernels read, without them: Catmull-Rom colour at (x, y), pixel centres at integers; falls back to bilinear within 2 px of the border. Fixed point:
 * places are taken to 1/256 px, the result is within a level of the exact one.
 */
export function plainCatmullRom(picture: Picture, x: number, y: number, rgb: Float64Array): void {
  const { width, height, data } = picture;
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  if (x0 < 1 || y0 < 1 || x0 + 2 >= width || y0 + 2 >= height) {
    readBilinear(picture, x, y, rgb);
    return;
  }
  const u = (((x - x0) * 256) | 0) << 2;
  const v = (((y - y0) * 256) | 0) << 2;
  const a = CUBIC_WEIGHTS[u]!;
  const b = CUBIC_WEIGHTS[u + 1]!;
  const c = CUBIC_WEIGHTS[u + 2]!;
  const d = CUBIC_WEIGHTS[u + 3]!;
  const stride = width * 3;
  let at = (y0 - 1) * stride + (x0 - 1) * 3;
  let red = 0;
  let green = 0;
  let blue = 0;
  for (let row = v; row < v + 4; row++, at += stride) {
    const w = CUBIC_WEIGHTS[row]!;
    red += w * (a * data[at]! + b * data[at + 3]! + c * data[at + 6]! + d * data[at + 9]!);
    green += w * (a * data[at + 1]! + b * data[at + 4]! + c * data[at + 7]! + d * data[at + 10]!);
    blue += w * (a * data[at + 2]! + b * data[at + 5]! + c * data[at + 8]! + d * data[at + 11]!);
  }
  rgb[0] = clamp(red / 65536, 0, 255);
  rgb[1] = clamp(green / 65536, 0, 255);
  rgb[2] = clamp(blue / 65536, 0, 255);
}
