import type { Affine } from "./affine.ts";
import type { Picture } from "./picture.ts";

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
 * by more than 2, the picture is first averaged over blocks, so that fine detail does not alias.
 */
export function sampleCrop(picture: Picture, request: CropRequest): Float32Array {
  if (isPlainCopy(request.cropToPicture)) return copyPixels(picture, request);
  const { a, b, c, d } = request.cropToPicture;
  const shrink = Math.floor(Math.sqrt(Math.abs(a * d - b * c)));
  if (shrink < 2) return sampleBilinear(picture, request);
  const region = coveredRegion(picture, request, shrink);
  const { cropToPicture: m } = request;
  return sampleBilinear(averageBlocks(picture, region, shrink), {
    ...request,
    cropToPicture: {
      a: m.a / shrink,
      b: m.b / shrink,
      c: m.c / shrink,
      d: m.d / shrink,
      tx: m.tx / shrink - region.x,
      ty: m.ty / shrink - region.y,
    },
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

/** A part of the picture counted in blocks. */
interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The blocks that bilinear sampling of the crop can touch, clipped to the picture; at least one block. */
function coveredRegion(picture: Picture, request: CropRequest, block: number): Region {
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

/** Averages blocks of `block` x `block` pixels; blocks at the right and lower border may be smaller. */
function averageBlocks(picture: Picture, region: Region, block: number): Picture {
  const { width, height } = region;
  const data = new Uint8Array(width * height * 3);
  const sums = new Float64Array(width * 3);
  const left = region.x * block;
  const right = Math.min((region.x + width) * block, picture.width);
  for (let row = 0; row < height; row++) {
    const top = (region.y + row) * block;
    const bottom = Math.min(top + block, picture.height);
    sums.fill(0);
    for (let y = top; y < bottom; y++) {
      const from = (y * picture.width + left) * 3;
      addRow(sums, picture.data.subarray(from, from + (right - left) * 3), block);
    }
    for (let i = 0; i < sums.length; i++) {
      const columns = Math.min(block, right - left - Math.floor(i / 3) * block);
      data[row * width * 3 + i] = Math.round(sums[i]! / (columns * (bottom - top)));
    }
  }
  return { width, height, data };
}

/** Adds a row of pixels to the sums of its blocks. */
function addRow(sums: Float64Array, row: Uint8Array, block: number): void {
  const step = block * 3;
  for (let cell = 0, from = 0; from < row.length; cell += 3, from += step) {
    const to = Math.min(from + step, row.length);
    let r = 0;
    let g = 0;
    let b = 0;
    for (let i = from; i < to; i += 3) {
      r += row[i]!;
      g += row[i + 1]!;
      b += row[i + 2]!;
    }
    sums[cell]! += r;
    sums[cell + 1]! += g;
    sums[cell + 2]! += b;
  }
}

function sampleBilinear(picture: Picture, request: CropRequest): Float32Array {
  const { width, height, cropToPicture: m } = request;
  const [low, high] = request.range;
  const plane = width * height;
  const out = new Float32Array(plane * 3).fill(low);
  const step = (high - low) / 255;
  const rgb = new Float64Array(3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const px = m.a * (x + 0.5) + m.b * (y + 0.5) + m.tx - 0.5;
      const py = m.c * (x + 0.5) + m.d * (y + 0.5) + m.ty - 0.5;
      if (px <= -1 || py <= -1 || px >= picture.width || py >= picture.height) continue;
      blendNeighbours(picture, px, py, rgb);
      const at = y * width + x;
      out[at] = low + rgb[0]! * step;
      out[at + plane] = low + rgb[1]! * step;
      out[at + 2 * plane] = low + rgb[2]! * step;
    }
  }
  return out;
}

/** Writes the bilinear mean of the four pixels around a place counted from pixel centres. */
function blendNeighbours(picture: Picture, px: number, py: number, rgb: Float64Array): void {
  const { width, height, data } = picture;
  const x0 = Math.floor(px);
  const y0 = Math.floor(py);
  const fx = px - x0;
  const fy = py - y0;
  const left = x0 >= 0 ? 1 - fx : 0;
  const right = x0 + 1 < width ? fx : 0;
  const upper = y0 >= 0 ? 1 - fy : 0;
  const lower = y0 + 1 < height ? fy : 0;
  // A neighbour outside has weight 0; its index only has to stay inside of the array.
  const a = (Math.max(y0, 0) * width + Math.max(x0, 0)) * 3;
  const b = right > 0 ? (x0 >= 0 ? a + 3 : a) : a;
  const down = lower > 0 && y0 >= 0 ? width * 3 : 0;
  const w00 = left * upper;
  const w01 = right * upper;
  const w10 = left * lower;
  const w11 = right * lower;
  for (let k = 0; k < 3; k++) {
    rgb[k] =
      data[a + k]! * w00 +
      data[b + k]! * w01 +
      data[a + down + k]! * w10 +
      data[b + down + k]! * w11;
  }
}
