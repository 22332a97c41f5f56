import { createFieldSampler, type FieldSampler } from "../../imaging/field-sampler.ts";
import { readCatmullRom } from "../../imaging/mesh-sampler.ts";
import type { Picture, Rect } from "../../imaging/picture.ts";
import { clamp } from "../../imaging/scalar.ts";
import type { FaceLayer } from "../face-layer.ts";
import type { BackgroundWarp } from "./background-warp.ts";
import type { BlendMask } from "./blend-mask.ts";

/** Displacements below this many px are not worth a resampling: such pixels keep their bytes. */
const NEGLIGIBLE_PX = 0.04;
/** Width in px over which the warped background passes into the template's own face. */
const CROSSFADE_PX = 2;

/**
 * Writes the fused face and the bent background into the picture, in place; bytes outside the warp's region are
 * not touched.
 */
export function blendBack(
  picture: Picture,
  layer: FaceLayer,
  mask: BlendMask,
  warp: BackgroundWarp,
): void {
  const scene: BlendScene = {
    ...{ picture, layer, mask, warp },
    source: cutOut(picture, warp.region),
    sampler: createFieldSampler([warp.dx, warp.dy], warp.stepPx),
    moved: new Float32Array(2),
    rgb: new Float64Array(3),
  };
  for (let y = 0; y < warp.region.height; y++) blendRow(scene, y);
}

interface BlendScene {
  readonly picture: Picture;
  readonly layer: FaceLayer;
  readonly mask: BlendMask;
  readonly warp: BackgroundWarp;
  /** The region as it was before. */
  readonly source: Picture;
  readonly sampler: FieldSampler;
  readonly moved: Float32Array;
  readonly rgb: Float64Array;
}

function blendRow(scene: BlendScene, y: number): void {
  const { region } = scene.warp;
  // Nodes lie at whole steps from the region's corner, pixel centres half a pixel further.
  scene.sampler.seekRow(y + scene.warp.stepPx / 2);
  for (let x = 0; x < region.width; x++) {
    const pixel = windowPixel(scene.layer, region.x + x, region.y + y);
    const inside = pixel < 0 ? 0 : scene.mask.border.data[pixel]! / CROSSFADE_PX;
    if (inside < 1 && !readMovedBackground(scene, x, y) && inside === 0) continue;
    if (inside > 0) coverPixel(scene.layer, scene.mask, pixel, { rgb: scene.rgb, inside });
    const at = 3 * ((region.y + y) * scene.picture.width + region.x + x);
    for (let c = 0; c < 3; c++) {
      scene.picture.data[at + c] = clamp(Math.round(scene.rgb[c]!), 0, 255);
    }
  }
}

/** Reads the bent background at a pixel of the region; says false where it stands still. */
function readMovedBackground(scene: BlendScene, x: number, y: number): boolean {
  scene.sampler.read(x + scene.warp.stepPx / 2, scene.moved);
  const dx = scene.moved[0]!;
  const dy = scene.moved[1]!;
  if (Math.abs(dx) + Math.abs(dy) < NEGLIGIBLE_PX) {
    readPixel(scene.source, x, y, scene.rgb);
    return false;
  }
  readCatmullRom(scene.source, x + dx, y + dy, scene.rgb);
  return true;
}

function readPixel(picture: Picture, x: number, y: number, rgb: Float64Array): void {
  const at = 3 * (y * picture.width + x);
  for (let c = 0; c < 3; c++) rgb[c] = picture.data[at + c]!;
}

/** Index of a picture's pixel in the face's window, or -1. */
function windowPixel(layer: FaceLayer, x: number, y: number): number {
  const { area, width, height } = layer.canvas;
  const wx = x - area.x;
  const wy = y - area.y;
  return wx < 0 || wy < 0 || wx >= width || wy >= height ? -1 : wy * width + wx;
}

/** Lays the template's own moved face and then the fused face over the background colour in `under.rgb`. */
function coverPixel(
  layer: FaceLayer,
  mask: BlendMask,
  pixel: number,
  under: { readonly rgb: Float64Array; readonly inside: number },
): void {
  const share = Math.min(1, under.inside);
  const alpha = mask.alpha[pixel]!;
  for (let c = 0; c < 3; c++) {
    const own = layer.template[3 * pixel + c]!;
    const base = share === 1 ? own : under.rgb[c]! + share * (own - under.rgb[c]!);
    under.rgb[c] = base + alpha * (layer.rgb[3 * pixel + c]! - base);
  }
}

function cutOut(picture: Picture, region: Rect): Picture {
  const data = new Uint8Array(region.width * region.height * 3);
  for (let y = 0; y < region.height; y++) {
    const from = ((region.y + y) * picture.width + region.x) * 3;
    data.set(picture.data.subarray(from, from + region.width * 3), y * region.width * 3);
  }
  return { width: region.width, height: region.height, data };
}
