import { createFieldRows, type FieldRows } from "../../imaging/field-rows.ts";
import { readCatmullRom } from "../../imaging/mesh-sampler.ts";
import type { Picture, Rect } from "../../imaging/picture.ts";
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
  const { region } = warp;
  const fields = createFieldRows([warp.dx, warp.dy], {
    cellPx: warp.stepPx,
    widthPx: region.width,
    // Nodes lie at whole steps from the region's corner, pixel centres half a pixel further.
    shiftPx: warp.stepPx / 2,
  });
  const { buffer, byteOffset, byteLength } = picture.data;
  const scene: BlendScene = {
    ...{ layer, mask, region, fields },
    source: cutOut(picture, region),
    out: new Uint8ClampedArray(buffer, byteOffset, byteLength),
    widthPx: picture.width,
    rgb: new Float64Array(3),
  };
  for (let y = 0; y < region.height; y++) {
    fields.seekRow(y);
    blendRow(scene, y);
  }
}

interface BlendScene {
  readonly layer: FaceLayer;
  readonly mask: BlendMask;
  readonly region: Rect;
  readonly fields: FieldRows;
  /** The region as it was before. */
  readonly source: Picture;
  /** The picture's bytes; writing rounds and clamps. */
  readonly out: Uint8ClampedArray;
  readonly widthPx: number;
  readonly rgb: Float64Array;
}

function blendRow(scene: BlendScene, y: number): void {
  const { region, layer, mask, rgb, out, source } = scene;
  const { area, width } = layer.canvas;
  const border = borderRow(scene, region.y + y);
  const windowAt = (region.y + y - area.y) * width + region.x - area.x;
  const [dx, dy] = [scene.fields.rows[0]!, scene.fields.rows[1]!];
  let at = 3 * ((region.y + y) * scene.widthPx + region.x);
  for (let x = 0; x < region.width; x++, at += 3) {
    const inside = border[x]! / CROSSFADE_PX;
    if (inside < 1) {
      const isStill = Math.abs(dx[x]!) + Math.abs(dy[x]!) < NEGLIGIBLE_PX;
      if (isStill && inside === 0) continue;
      readCatmullRom(source, x + dx[x]!, y + dy[x]!, rgb);
    }
    if (inside > 0) coverPixel(layer, mask, windowAt + x, { rgb, inside });
    out[at] = rgb[0]!;
    out[at + 1] = rgb[1]!;
    out[at + 2] = rgb[2]!;
  }
}

/** Distance from the face's border along a row of the region; 0 beside the face's window. */
function borderRow({ region, layer, mask }: BlendScene, pictureY: number): Float32Array {
  const { area, width, height } = layer.canvas;
  const row = new Float32Array(region.width);
  const y = pictureY - area.y;
  if (y < 0 || y >= height) return row;
  row.set(mask.border.data.subarray(y * width, (y + 1) * width), area.x - region.x);
  return row;
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
