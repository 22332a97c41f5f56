import type { Affine } from "./affine.ts";
import { averageBlocks } from "./average-blocks.ts";
import type { Picture, Rect } from "./picture.ts";

/** What part of a picture is wanted, and in what form. */
export interface CropRequest {
  readonly width: number;
  readonly height: number;
  /** Maps crop coordinates to the picture's. */
  readonly cropToPicture: Affine;
  /** What 0 and 255 become. */
  readonly range: readonly [number, number];
}

/**
 * Samples a picture through an affine map into planes R, G, B of `width * height` floats each.
 * Bilinear between pixel centres; what lies outside of the picture counts as black. Where the crop shrinks
 * by 2 or more, the picture is first averaged over blocks, so that fine detail does not alias.
 */
export function sampleCrop(picture: Picture, request: CropRequest): Float32Array {
  const { cropToPicture: m } = request;
  if (isPlainCopy(m)) return copyPixels(picture, request);
  const shrink = Math.sqrt(Math.abs(m.a * m.d - m.b * m.c));
  if (shrink < 2) return sampleBilinear(picture, request);
  const block = 2 ** Math.floor(Math.log2(shrink));
  const region = coveredBlocks(picture, request, block);
  const cropToRegion = {
    a: m.a / block,
    b: m.b / block,
    c: m.c / block,
    d: m.d / block,
    tx: m.tx / block - region.x,
    ty: m.ty / block - region.y,
  };
  return sampleBilinear(averageBlocks(picture, block, region), {
    ...request,
    cropToPicture: cropToRegion,
  });
}

/** True for a shift by whole pixels, where sampling is copying. */
function isPlainCopy({ a, b, c, d, tx, ty }: Affine): boolean {
  return a === 1 && b === 0 && c === 0 && d === 1 && Number.isInteger(tx) && Number.isInteger(ty);
}

function copyPixels(picture: Picture, request: CropRequest): Float32Array {
  const { width, height, cropToPicture: m } = request;
  const [low, high] = request.range;
  const plane = width * height;
  const out = new Float32Array(plane * 3).fill(low);
  const step = (high - low) / 255;
  const left = Math.max(0, -m.tx);
  const right = Math.min(width, picture.width - m.tx);
  const bottom = Math.min(height, picture.height - m.ty);
  for (let y = Math.max(0, -m.ty); y < bottom; y++) {
    let from = ((y + m.ty) * picture.width + left + m.tx) * 3;
    for (let to = y * width + left; to < y * width + right; to++, from += 3) {
      out[to] = low + picture.data[from]! * step;
      out[to + plane] = low + picture.data[from + 1]! * step;
      out[to + 2 * plane] = low + picture.data[from + 2]! * step;
    }
  }
  return out;
}

/** The blocks that bilinear sampling of the crop can touch, clipped to the picture; at least one block. */
function coveredBlocks(picture: Picture, request: CropRequest, block: number): Rect {
  const m = request.cropToPicture;
  const xs = [0, request.width].flatMap((x) =>
    [0, request.height].map((y) => m.a * x + m.b * y + m.tx),
  );
  const ys = [0, request.width].flatMap((x) =>
    [0, request.height].map((y) => m.c * x + m.d * y + m.ty),
  );
  const span = (values: readonly number[], length: number): [number, number] => {
    const last = Math.ceil(length / block) - 1;
    const from = Math.floor(Math.min(...values) / block) - 1;
    const to = Math.floor(Math.max(...values) / block) + 1;
    const first = Math.min(Math.max(from, 0), last);
    return [first, Math.max(Math.min(to, last), first) - first + 1];
  };
  const [x, width] = span(xs, picture.width);
  const [y, height] = span(ys, picture.height);
  return { x, y, width, height };
}

/** Samples without shrinking; the range is part of the weights, and only the border takes the slow way. */
function sampleBilinear(picture: Picture, request: CropRequest): Float32Array {
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
