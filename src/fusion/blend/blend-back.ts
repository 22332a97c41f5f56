import { createFieldSampler } from "../../imaging/field-sampler.ts";
import { readCatmullRom } from "../../imaging/mesh-sampler.ts";
import type { Picture, Rect } from "../../imaging/picture.ts";
import { clamp } from "../../imaging/scalar.ts";
import type { FaceLayer } from "../face-layer.ts";
import type { BackgroundWarp } from "./background-warp.ts";
import type { BlendMask } from "./blend-mask.ts";

/** Displacements below this many px are not worth a resampling: such pixels keep their bytes. */
const NEGLIGIBLE_PX = 0.02;
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
  const source = cutOut(picture, warp.region);
  const sampler = createFieldSampler([warp.dx, warp.dy], warp.stepPx);
  const moved = new Float32Array(2);
  const rgb: [number, number, number] = [0, 0, 0];
  const { region } = warp;
  for (let y = 0; y < region.height; y++) {
    sampler.seekRow(y + warp.stepPx / 2 - 0.5);
    for (let x = 0; x < region.width; x++) {
      const pixel = windowPixel(layer, region.x + x, region.y + y);
      const inside = pixel < 0 ? 0 : mask.border.data[pixel]! / CROSSFADE_PX;
      if (inside < 1) {
        sampler.read(x + warp.stepPx / 2 - 0.5, moved);
        const isStill = Math.hypot(moved[0]!, moved[1]!) < NEGLIGIBLE_PX;
        if (isStill && inside === 0) continue;
        readCatmullRom(source, x + moved[0]!, y + moved[1]!, rgb);
      }
      const at = 3 * ((region.y + y) * picture.width + region.x + x);
      if (inside > 0) coverPixel(layer, mask, pixel, { rgb, inside });
      for (let c = 0; c < 3; c++) picture.data[at + c] = clamp(Math.round(rgb[c]!), 0, 255);
    }
  }
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
  under: { readonly rgb: [number, number, number]; readonly inside: number },
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
