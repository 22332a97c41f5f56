import { borrowFloats, borrowZeros } from "./float-store.ts";
import { halvePicture } from "./halve-picture.ts";
import { loadKernels, reserveBlocks } from "./kernels/kernels.ts";
import type { MeshRaster } from "./mesh-raster.ts";
import {
  lendTexture,
  SAMPLER_BYTES,
  type Sampler,
  textureBytes,
  texturesOf,
  writeSamplers,
} from "./mesh-textures.ts";
import type { Picture, Rect } from "./picture.ts";
import { clamp } from "./scalar.ts";

/** Where each mesh vertex lies in a picture: x y interleaved with `stride` values a vertex. */
export interface VertexMap {
  readonly points: ArrayLike<number>;
  readonly stride: 2 | 3;
  /** Vertex to use in place of vertex i (the mirror image of the face), or none. */
  readonly swap?: ArrayLike<number>;
}

/** A textured mesh: what to draw (`drawn`: x y z in window pixels) and where each vertex lies in the picture. */
export interface SampledScene {
  readonly triangles: ArrayLike<number>;
  readonly map: VertexMap;
  readonly mipmap: Mipmap;
  readonly drawn: ArrayLike<number>;
}

/** Halved copies of a picture's region, made when first asked for, to sample without aliasing. */
export interface Mipmap {
  level(n: number): {
    readonly picture: Picture;
    readonly x: number;
    readonly y: number;
    readonly scale: number;
  };
}

/** Prepares a region (clipped to the picture) of a picture for sampling at any reduction. */
export function createMipmap(picture: Picture, region: Rect): Mipmap {
  const x = clamp(Math.floor(region.x), 0, picture.width - 1);
  const y = clamp(Math.floor(region.y), 0, picture.height - 1);
  const right = clamp(Math.ceil(region.x + region.width), x + 1, picture.width);
  const bottom = clamp(Math.ceil(region.y + region.height), y + 1, picture.height);
  const levels: Picture[] = [];
  const cut = { x, y, width: right - x, height: bottom - y };
  return {
    level(n) {
      if (n === 0) return { picture, x: 0, y: 0, scale: 1 };
      if (levels.length === 0) levels.push(halve(picture, cut));
      while (levels.length < n && Math.min(levels.at(-1)!.width, levels.at(-1)!.height) > 8) {
        const last = levels.at(-1)!;
        levels.push(halve(last, { x: 0, y: 0, width: last.width, height: last.height }));
      }
      const at = Math.min(n, levels.length);
      return { picture: levels[at - 1]!, x, y, scale: 2 ** at };
    },
  };
}

function halve(source: Picture, cut: Rect): Picture {
  const width = Math.max(1, cut.width >> 1);
  const height = Math.max(1, cut.height >> 1);
  return halvePicture(source, cut, { width, height });
}

/** What {@link sampleUnderMesh} samples and returns. */
export interface SampleOptions {
  /** Only pixels that are 1 here. */
  readonly chosen?: Uint8Array;
  /** RGB levels 0..255 in place of Y A B. */
  readonly isRgb?: boolean;
  /** What {@link seenTriangles} says of the raster, for callers that draw several pictures under one mesh. */
  readonly seen?: Uint8Array;
}

/** Pixels that are sampled before their colours are taken out of the kernels' memory. */
const STRIP_PIXELS = 1 << 16;

/**
 * Samples a picture under a rasterised mesh: each covered pixel takes the colour at the interpolated vertex
 * position. Bilinear; Catmull-Rom where the picture is enlarged; a halved copy where it shrinks.
 * Returns Y A B per pixel (see log-opponent.ts); pixels that are uncovered or not chosen stay 0. The inner loop is
 * kernels/sample-rows.ts.
 */
export function sampleUnderMesh(
  raster: MeshRaster,
  scene: SampledScene,
  options: SampleOptions = {},
): Float32Array {
  const { width, height, triangle } = raster;
  const seen = options.seen ?? seenTriangles(raster, scene.triangles.length / 3);
  const samplers = Array.from(seen, (isSeen, t) => (isSeen ? samplerOf(scene, t) : undefined));
  const textures = texturesOf(samplers);
  const rows = Math.min(height, Math.max(1, Math.floor(STRIP_PIXELS / width)));
  const pixels = rows * width;
  const [triangles, chosen, table, colours, ...places] = reserveBlocks(
    ...[2 * pixels, pixels, SAMPLER_BYTES * samplers.length, 12 * pixels + 4],
    ...textures.map(textureBytes),
  ) as [number, number, number, number, ...number[]];
  const { memory, sampleRows } = loadKernels();
  for (const [i, texture] of textures.entries()) lendTexture(texture, memory.buffer, places[i]!);
  const lent = textures.map((texture, i) => ({ ...texture, at: places[i]! }));
  writeSamplers(new DataView(memory.buffer, table), samplers, lent);
  const numbers = new Int16Array(memory.buffer, triangles, pixels);
  const isChosen = new Uint8Array(memory.buffer, chosen, pixels).fill(1);
  const strip = new Float32Array(memory.buffer, colours, 3 * pixels);
  const floats = 3 * width * height;
  const out = options.chosen ? borrowZeros(floats) : borrowFloats(floats);
  for (const { first, end } of stripsOf(raster, rows, options.chosen)) {
    const [from, to] = [first * width, end * width];
    numbers.set(triangle.subarray(from, to));
    if (options.chosen) isChosen.set(options.chosen.subarray(from, to));
    strip.fill(0, 0, 3 * (to - from));
    sampleRows(
      ...([triangles, chosen, table, first, width] as const),
      ...([to - from, options.isRgb ? 1 : 0, colours] as const),
    );
    out.set(strip.subarray(0, 3 * (to - from)), 3 * from);
  }
  return out;
}

/** Rows of a raster that are sampled at a time: `first` to before `end`. */
interface Strip {
  readonly first: number;
  readonly end: number;
}

/** Strips of at most `rows` rows; rows without a chosen pixel are left out. */
function stripsOf({ width, height }: MeshRaster, rows: number, chosen?: Uint8Array): Strip[] {
  const isUsed = (row: number): boolean =>
    !chosen || chosen.subarray(row * width, (row + 1) * width).includes(1);
  const strips: Strip[] = [];
  for (let first = 0; first < height; first++) {
    if (!isUsed(first)) continue;
    let end = first + 1;
    while (end < height && end - first < rows && isUsed(end)) end++;
    strips.push({ first, end });
    first = end - 1;
  }
  return strips;
}

/** 1 for each of a mesh's triangles that covers a pixel. */
export function seenTriangles({ triangle }: MeshRaster, count: number): Uint8Array {
  const seen = new Uint8Array(count);
  for (let i = 0; i < triangle.length; i++) {
    if (triangle[i]! >= 0) seen[triangle[i]!] = 1;
  }
  return seen;
}

function samplerOf(scene: SampledScene, t: number): Sampler {
  const source = cornersOf(scene, t);
  const target = drawnCorners(scene, t);
  const area = doubleArea(target);
  const ratio = Math.sqrt(Math.abs(doubleArea(source)) / Math.max(Math.abs(area), 1e-6));
  const wanted = ratio > 1.25 ? Math.max(0, Math.floor(Math.log2(ratio) + 0.3)) : 0;
  const level = scene.mipmap.level(Math.min(wanted, 8));
  const at = inLevel(source, level);
  // Affine functions of pixel indices that take the places in the level at the triangle's corners.
  const ax = target.x1 - target.x0;
  const ay = target.y1 - target.y0;
  const bx = target.x2 - target.x0;
  const by = target.y2 - target.y0;
  const [ux, uy] = [at.x1 - at.x0, at.y1 - at.y0];
  const [vx, vy] = [at.x2 - at.x0, at.y2 - at.y0];
  const xx = (ux * by - vx * ay) / area;
  const xy = (vx * ax - ux * bx) / area;
  const yx = (uy * by - vy * ay) / area;
  const yy = (vy * ax - uy * bx) / area;
  return {
    picture: level.picture,
    isEnlarged: ratio < 0.8,
    xx,
    xy,
    x0: at.x0 + xx * (0.5 - target.x0) + xy * (0.5 - target.y0),
    yx,
    yy,
    y0: at.y0 + yx * (0.5 - target.x0) + yy * (0.5 - target.y0),
    left: Math.min(at.x0, at.x1, at.x2),
    top: Math.min(at.y0, at.y1, at.y2),
    right: Math.max(at.x0, at.x1, at.x2),
    bottom: Math.max(at.y0, at.y1, at.y2),
  };
}

/** A triangle's corners. */
interface Corners {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** The corners in the picture. */
function cornersOf({ triangles, map }: SampledScene, t: number): Corners {
  const { points, stride, swap } = map;
  const i = stride * (swap ? swap[triangles[3 * t]!]! : triangles[3 * t]!);
  const j = stride * (swap ? swap[triangles[3 * t + 1]!]! : triangles[3 * t + 1]!);
  const k = stride * (swap ? swap[triangles[3 * t + 2]!]! : triangles[3 * t + 2]!);
  return {
    x0: points[i]!,
    y0: points[i + 1]!,
    x1: points[j]!,
    y1: points[j + 1]!,
    x2: points[k]!,
    y2: points[k + 1]!,
  };
}

/** The corners in the window. */
function drawnCorners({ triangles, drawn }: SampledScene, t: number): Corners {
  const i = 3 * triangles[3 * t]!;
  const j = 3 * triangles[3 * t + 1]!;
  const k = 3 * triangles[3 * t + 2]!;
  return {
    x0: drawn[i]!,
    y0: drawn[i + 1]!,
    x1: drawn[j]!,
    y1: drawn[j + 1]!,
    x2: drawn[k]!,
    y2: drawn[k + 1]!,
  };
}

/** The corners in a halved copy, pixel centres at integers. */
function inLevel(corners: Corners, level: { x: number; y: number; scale: number }): Corners {
  const { x, y, scale } = level;
  return {
    x0: (corners.x0 - x) / scale - 0.5,
    y0: (corners.y0 - y) / scale - 0.5,
    x1: (corners.x1 - x) / scale - 0.5,
    y1: (corners.y1 - y) / scale - 0.5,
    x2: (corners.x2 - x) / scale - 0.5,
    y2: (corners.y2 - y) / scale - 0.5,
  };
}

/** Twice the signed area of a triangle. */
function doubleArea(at: Corners): number {
  return (at.x1 - at.x0) * (at.y2 - at.y0) - (at.x2 - at.x0) * (at.y1 - at.y0);
}

/** Bilinear colour at (x, y), pixel centres at integers, edge pixels repeated. */
export function readBilinear(picture: Picture, x: number, y: number, rgb: Float64Array): void {
  const { width, height, data } = picture;
  const cx = x < 0 ? 0 : x > width - 1 ? width - 1 : x;
  const cy = y < 0 ? 0 : y > height - 1 ? height - 1 : y;
  const x0 = cx | 0;
  const y0 = cy | 0;
  const fx = cx - x0;
  const fy = cy - y0;
  const a = (y0 * width + x0) * 3;
  const right = x0 + 1 < width ? 3 : 0;
  const b = a + (y0 + 1 < height ? width * 3 : 0);
  const w11 = fx * fy;
  const w10 = fy - w11;
  const w01 = fx - w11;
  const w00 = 1 - fx - w10;
  const ar = a + right;
  const br = b + right;
  rgb[0] = w00 * data[a]! + w01 * data[ar]! + w10 * data[b]! + w11 * data[br]!;
  rgb[1] = w00 * data[a + 1]! + w01 * data[ar + 1]! + w10 * data[b + 1]! + w11 * data[br + 1]!;
  rgb[2] = w00 * data[a + 2]! + w01 * data[ar + 2]! + w10 * data[b + 2]! + w11 * data[br + 2]!;
}
