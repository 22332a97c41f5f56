import { distanceTransform } from "../../imaging/distance-transform.ts";
import { createFieldRows } from "../../imaging/field-rows.ts";
import type { Plane } from "../../imaging/plane.ts";
import { clamp, mix, smoothstep } from "../../imaging/scalar.ts";
import type { FaceCanvas } from "../face-canvas.ts";
import { POINT } from "../face-regions.ts";
import { faceScale } from "../shape/measure-face.ts";

/** How much of the fused face each pixel of the window shows. */
export interface BlendMask {
  /** 0..1 per pixel. */
  readonly alpha: Float32Array;
  /** Distance in px to the nearest pixel that the face does not cover. */
  readonly border: Plane;
}

/**
 * Feathers the face inwards from its covered border: wide at the hairline, narrow along jaw and cheeks, and not at all
 * where the template's own hair, glasses or hands stay in front (`occluders`, 0..1 on a grid of `cellPx`).
 */
export function createBlendMask(canvas: FaceCanvas, occluders: Plane, cellPx: number): BlendMask {
  const { width, height, mesh, raster } = canvas;
  const border = distanceTransform(canvas, (i) => raster.triangle[i]! < 0, false);
  const scale = faceScale(mesh);
  const heights = heightAlong(mesh);
  const fields = createFieldRows([occluders], { cellPx, widthPx: width });
  const hidden = fields.rows[0]!;
  const alpha = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    fields.seekRow(y);
    const rowHeight = heights.origin + heights.perRow * (y + 0.5) + heights.perColumn * 0.5;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const distance = border.data[at]! - 0.6;
      if (distance <= 0) continue;
      // Most of the face lies further inside than the widest feather reaches.
      const isInside = distance >= WIDEST * scale;
      const inside = isInside
        ? 1
        : smoothstep(0, featherAt(rowHeight + heights.perColumn * x) * scale, distance);
      alpha[at] = inside * shownUnder(hidden[x]!);
    }
  }
  return { alpha, border };
}

/** How much of the face is seen under the template's own hair, glasses or hands, 0..1. */
function shownUnder(hidden: number): number {
  return hidden <= 0.1 ? 1 : 1 - smoothstep(0.1, 0.7, hidden);
}

/** Feather over the face scale at the forehead's top, where it is widest. */
const WIDEST = 0.15;

/** Feather width over the face scale at a height of the face: 0 = forehead's top, 1 = chin. */
function featherAt(height: number): number {
  if (height < 0.3) return mix(WIDEST, 0.075, clamp(height / 0.3, 0, 1));
  return mix(0.075, 0.05, clamp((height - 0.3) / 0.3, 0, 1));
}

/** Height on the face (0 = forehead's top, 1 = chin) as a linear function of the place in the window. */
function heightAlong(mesh: Float32Array): { origin: number; perColumn: number; perRow: number } {
  const [x0, y0] = [mesh[3 * POINT.foreheadTop]!, mesh[3 * POINT.foreheadTop + 1]!];
  const [dx, dy] = [mesh[3 * POINT.chin]! - x0, mesh[3 * POINT.chin + 1]! - y0];
  const squared = Math.max(dx * dx + dy * dy, 1);
  return {
    origin: -(x0 * dx + y0 * dy) / squared,
    perColumn: dx / squared,
    perRow: dy / squared,
  };
}
