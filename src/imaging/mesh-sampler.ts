import { logOfLevel } from "./log-opponent.ts";
import type { MeshRaster } from "./mesh-raster.ts";
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

function halve(
  source: Picture,
  cut: { x: number; y: number; width: number; height: number },
): Picture {
  const width = Math.max(1, cut.width >> 1);
  const height = Math.max(1, cut.height >> 1);
  const data = new Uint8Array(width * height * 3);
  const row = source.width * 3;
  const dx = cut.width > 1 ? 3 : 0;
  const dy = cut.height > 1 ? row : 0;
  const from = source.data;
  for (let y = 0; y < height; y++) {
    let at = (cut.y + 2 * y) * row + cut.x * 3;
    const end = (y + 1) * width * 3;
    for (let to = y * width * 3; to < end; at += 3) {
      for (let c = 0; c < 3; c++, at++, to++) {
        data[to] = (from[at]! + from[at + dx]! + from[at + dy]! + from[at + dx + dy]! + 2) >> 2;
      }
    }
  }
  return { width, height, data };
}

/** What {@link sampleUnderMesh} samples and returns. */
export interface SampleOptions {
  /** Only pixels that are not 0 here. */
  readonly chosen?: Uint8Array;
  /** RGB levels 0..255 in place of Y A B. */
  readonly isRgb?: boolean;
}

/**
 * Samples a picture under a rasterised mesh: each covered pixel takes the colour at the interpolated vertex
 * position. Bilinear; Catmull-Rom where the picture is enlarged; a halved copy where it shrinks.
 * Returns Y A B per pixel (see log-opponent.ts); pixels that are uncovered or not chosen stay 0.
 */
export function sampleUnderMesh(
  raster: MeshRaster,
  scene: SampledScene,
  options: SampleOptions = {},
): Float32Array {
  const { chosen, isRgb = false } = options;
  const out = new Float32Array(raster.width * raster.height * 3);
  const samplers: (Sampler | undefined)[] = new Array(scene.triangles.length / 3).fill(undefined);
  const rgb = new Float64Array(3);
  const { triangle, width } = raster;
  for (let at = 0; at < triangle.length; at++) {
    const t = triangle[at]!;
    if (t < 0 || (chosen !== undefined && chosen[at] === 0)) continue;
    let sampler = samplers[t];
    if (sampler === undefined) {
      sampler = samplerOf(scene, t);
      samplers[t] = sampler;
    }
    const px = at % width;
    const py = (at - px) / width;
    const x = sampler.xx * px + sampler.xy * py + sampler.x0;
    const y = sampler.yx * px + sampler.yy * py + sampler.y0;
    if (sampler.isEnlarged) readCatmullRom(sampler.picture, x, y, rgb);
    else readBilinear(sampler.picture, x, y, rgb);
    const to = 3 * at;
    if (isRgb) {
      out[to] = rgb[0]!;
      out[to + 1] = rgb[1]!;
      out[to + 2] = rgb[2]!;
      continue;
    }
    const green = logOfLevel(rgb[1]!);
    const a = logOfLevel(rgb[0]!) - green;
    const b = logOfLevel(rgb[2]!) - green;
    out[to] = green + 0.3 * a + 0.1 * b;
    out[to + 1] = a;
    out[to + 2] = b;
  }
  return out;
}

/** Where a triangle's pixels lie in its level of the picture: x = xx px + xy py + x0, pixel centres at integers. */
interface Sampler {
  readonly picture: Picture;
  readonly isEnlarged: boolean;
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

function samplerOf(scene: SampledScene, t: number): Sampler {
  const { triangles, map, drawn } = scene;
  const corners = [0, 1, 2].map((c) => triangles[3 * t + c]!);
  const sources = corners.map((v) => map.stride * (map.swap ? map.swap[v]! : v));
  const source = {
    x: sources.map((v) => map.points[v]!),
    y: sources.map((v) => map.points[v + 1]!),
  };
  const target = { x: corners.map((v) => drawn[3 * v]!), y: corners.map((v) => drawn[3 * v + 1]!) };
  const ratio = Math.sqrt(
    Math.abs(doubleArea(source)) / Math.max(Math.abs(doubleArea(target)), 1e-6),
  );
  const wanted = ratio > 1.25 ? Math.max(0, Math.floor(Math.log2(ratio) + 0.3)) : 0;
  const level = scene.mipmap.level(Math.min(wanted, 8));
  const [xx, xy, x0] = planeThrough(
    target,
    source.x.map((v) => (v - level.x) / level.scale - 0.5),
  );
  const [yx, yy, y0] = planeThrough(
    target,
    source.y.map((v) => (v - level.y) / level.scale - 0.5),
  );
  return { picture: level.picture, isEnlarged: ratio < 0.8, xx, xy, x0, yx, yy, y0 };
}

interface Corners {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Coefficients of the affine function of pixel indices that takes the given values at a triangle's corners. */
function planeThrough(at: Corners, values: readonly number[]): [number, number, number] {
  const area = doubleArea(at);
  const [u, v] = [values[1]! - values[0]!, values[2]! - values[0]!];
  const [ax, ay] = [at.x[1]! - at.x[0]!, at.y[1]! - at.y[0]!];
  const [bx, by] = [at.x[2]! - at.x[0]!, at.y[2]! - at.y[0]!];
  const a = (u * by - v * ay) / area;
  const b = (v * ax - u * bx) / area;
  return [a, b, values[0]! + a * (0.5 - at.x[0]!) + b * (0.5 - at.y[0]!)];
}

/** Twice the signed area of a triangle. */
function doubleArea({ x, y }: Corners): number {
  return (x[1]! - x[0]!) * (y[2]! - y[0]!) - (x[2]! - x[0]!) * (y[1]! - y[0]!);
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

/** Catmull-Rom weights in 1/256 for 256 places between two pixels; each four add up to 256. */
const CUBIC_WEIGHTS = Int32Array.from({ length: 4 * 256 }, (_, i) => {
  const t = Math.floor(i / 4) / 256;
  const [a, b, c] = [
    Math.round(256 * t * (t * (1 - 0.5 * t) - 0.5)),
    Math.round(256 * (t * t * (1.5 * t - 2.5) + 1)),
    Math.round(256 * t * (t * (2 - 1.5 * t) + 0.5)),
  ];
  return [a, b, c, 256 - a - b - c][i % 4]!;
});

/**
 * Catmull-Rom colour at (x, y), pixel centres at integers; falls back to bilinear within 2 px of the border. Fixed point:
 * places are taken to 1/256 px, the result is within a level of the exact one.
 */
export function readCatmullRom(picture: Picture, x: number, y: number, rgb: Float64Array): void {
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
