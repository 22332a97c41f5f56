/** The plain version of createBlendMask (src/fusion/blend/blend-mask.ts). */
import type { BlendMask } from "../../src/fusion/blend/blend-mask.ts";
import type { FaceCanvas } from "../../src/fusion/face-canvas.ts";
import { POINT } from "../../src/fusion/face-regions.ts";
import { faceScale } from "../../src/fusion/shape/measure-face.ts";
import { distanceTransform } from "../../src/imaging/distance-transform.ts";
import type { Plane } from "../../src/imaging/plane.ts";
import { clamp, mix, smoothstep } from "../../src/imaging/scalar.ts";
import { createFieldRows } from "./plain-field-rows.ts";

/** Feathers pixel by pixel. */
export function plainBlendMask(canvas: FaceCanvas, occluders: Plane, cellPx: number): BlendMask {
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
      const feather = Math.max(NARROWEST, featherAt(rowHeight + heights.perColumn * x) * scale);
      alpha[at] = smoothstep(0, feather, distance) * (1 - smoothstep(0.1, 0.7, hidden[x]!));
    }
  }
  return { alpha, border };
}

/** Feather over the face scale at the forehead's top, where it is widest. */
const WIDEST = 0.11;
/** Px over which a small face's border fades at least. */
const NARROWEST = 5;

/** Feather width over the face scale at a height of the face: 0 = forehead's top, 1 = chin. */
function featherAt(height: number): number {
  if (height < 0.3) return mix(WIDEST, 0.0625, clamp(height / 0.3, 0, 1));
  return mix(0.0625, 0.045, clamp((height - 0.3) / 0.3, 0, 1));
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
