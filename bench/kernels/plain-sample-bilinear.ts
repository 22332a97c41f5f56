import type { Picture } from "../../src/imaging/picture.ts";
import type { CropRequest } from "../../src/imaging/sample-crop.ts";

/** The plain version of the kernel behind sampleCrop (src/imaging/sample-crop.ts); the range is part of the weights, and only the border takes the slow way. */
export function plainSampleBilinear(picture: Picture, request: CropRequest): Float32Array {
  const { width, height, cropToPicture: m } = request;
  const { data } = picture;
  const [low, high] = request.range;
  const step = (high - low) / 255;
  const plane = width * height;
  const out = new Float32Array(plane * 3);
  const row = picture.width * 3;
  const [lastX, lastY] = [picture.width - 1, picture.height - 1];
  for (let y = 0, at = 0; y < height; y++) {
    const firstX = m.a * 0.5 + m.b * (y + 0.5) + m.tx - 0.5;
    const firstY = m.c * 0.5 + m.d * (y + 0.5) + m.ty - 0.5;
    for (let x = 0; x < width; x++, at++) {
      const px = firstX + m.a * x;
      const py = firstY + m.c * x;
      if (px >= 0 && py >= 0 && px < lastX && py < lastY) {
        // Neither is negative, so that dropping the fraction rounds down.
        const fx = px - (px | 0);
        const lower = (py - (py | 0)) * step;
        const upper = step - lower;
        const p = (py | 0) * row + (px | 0) * 3;
        const q = p + row;
        const w01 = upper * fx;
        const w11 = lower * fx;
        const w00 = upper - w01;
        const w10 = lower - w11;
        out[at] = low + data[p]! * w00 + data[p + 3]! * w01 + data[q]! * w10 + data[q + 3]! * w11;
        out[at + plane] =
          low + data[p + 1]! * w00 + data[p + 4]! * w01 + data[q + 1]! * w10 + data[q + 4]! * w11;
        out[at + 2 * plane] =
          low + data[p + 2]! * w00 + data[p + 5]! * w01 + data[q + 2]! * w10 + data[q + 5]! * w11;
      } else {
        for (let k = 0; k < 3; k++) {
          out[at + k * plane] = low + step * readBorder(picture, px, py, k);
        }
      }
    }
  }
  return out;
}

/** The bilinear mean of one channel at a place where some of the four neighbours are outside, counted as 0. */
function readBorder({ width, height, data }: Picture, px: number, py: number, k: number): number {
  const [x0, y0] = [Math.floor(px), Math.floor(py)];
  let sum = 0;
  for (let y = Math.max(y0, 0); y <= Math.min(y0 + 1, height - 1); y++) {
    for (let x = Math.max(x0, 0); x <= Math.min(x0 + 1, width - 1); x++) {
      sum += data[(y * width + x) * 3 + k]! * (1 - Math.abs(px - x)) * (1 - Math.abs(py - y));
    }
  }
  return sum;
}
