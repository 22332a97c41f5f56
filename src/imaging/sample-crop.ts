import type { Affine } from "./affine.ts";
import { averageBlocks } from "./average-blocks.ts";
import { loadKernels, reserveBlocks } from "./kernels/kernels.ts";
import type { Picture, Rect } from "./picture.ts";

/** Pixels that are sampled before they are taken out of the kernels' memory. */
const STRIP_PIXELS = 1 << 16;

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

/** Samples without shrinking; the inner loop is kernels/crop-rows.ts. */
function sampleBilinear(picture: Picture, request: CropRequest): Float32Array {
  const { width, height, cropToPicture: m } = request;
  const [low, high] = request.range;
  const area = coveredBlocks(picture, request, 1);
  const framed = { width: area.width + 2, height: area.height + 2 };
  const stride = 3 * framed.width;
  const rows = Math.min(height, Math.max(1, Math.floor(STRIP_PIXELS / width)));
  const planeBytes = 4 * rows * width;
  const [source, strip] = reserveBlocks(stride * (framed.height + 1), 3 * planeBytes) as [
    number,
    number,
  ];
  const { memory, cropRows } = loadKernels();
  lendFramed(picture, area, new Uint8Array(memory.buffer, source, stride * framed.height));
  const out = new Float32Array(3 * width * height);
  const lent = new Float32Array(memory.buffer, strip, 3 * rows * width);
  for (let y = 0; y < height; y += rows) {
    const count = Math.min(rows, height - y);
    cropRows(
      ...([source, stride, framed.width, framed.height] as const),
      ...([m.a, m.b, m.c, m.d, m.tx - area.x + 1, m.ty - area.y + 1] as const),
      ...([width, y, count, low, (high - low) / 255, strip, planeBytes] as const),
    );
    for (let plane = 0; plane < 3; plane++) {
      const from = plane * rows * width;
      out.set(lent.subarray(from, from + count * width), (plane * height + y) * width);
    }
  }
  return out;
}

/** Copies an area with a frame of one black pixel: what lies outside of the picture, or is not sampled. */
function lendFramed(picture: Picture, area: Rect, to: Uint8Array): void {
  const stride = 3 * (area.width + 2);
  to.fill(0);
  for (let y = 0; y < area.height; y++) {
    const from = 3 * ((area.y + y) * picture.width + area.x);
    to.set(picture.data.subarray(from, from + 3 * area.width), (y + 1) * stride + 3);
  }
}
