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
  const heightAt = createHeightScale(mesh);
  const fields = createFieldRows([occluders], { cellPx, widthPx: width });
  const hidden = fields.rows[0]!;
  const alpha = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    fields.seekRow(y);
    for (let x = 0, at = y * width; x < width; x++, at++) {
      const distance = border.data[at]! - 0.6;
      if (distance <= 0) continue;
      const feather = featherAt(heightAt(x + 0.5, y + 0.5)) * scale;
      alpha[at] = smoothstep(0, 1, distance / feather) * (1 - smoothstep(0.1, 0.7, hidden[x]!));
    }
  }
  return { alpha, border };
}

/** Feather width over the face scale at a height of the face: 0 = forehead's top, 1 = chin. */
function featherAt(height: number): number {
  if (height < 0.3) return mix(0.15, 0.075, clamp(height / 0.3, 0, 1));
  return mix(0.075, 0.05, clamp((height - 0.3) / 0.3, 0, 1));
}

function createHeightScale(mesh: Float32Array): (x: number, y: number) => number {
  const [x0, y0] = [mesh[3 * POINT.foreheadTop]!, mesh[3 * POINT.foreheadTop + 1]!];
  const [dx, dy] = [mesh[3 * POINT.chin]! - x0, mesh[3 * POINT.chin + 1]! - y0];
  const squared = Math.max(dx * dx + dy * dy, 1);
  return (x, y) => ((x - x0) * dx + (y - y0) * dy) / squared;
}
