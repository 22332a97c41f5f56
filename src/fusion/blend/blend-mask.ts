import { distanceToUncovered } from "../../imaging/distance-transform.ts";
import { borrowFloats } from "../../imaging/float-store.ts";
import { loadKernels, reserveBlocks } from "../../imaging/kernels/kernels.ts";
import { prepareFields } from "../../imaging/lent-fields.ts";
import type { Plane } from "../../imaging/plane.ts";
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
 * where the template's own hair, glasses or hands stay in front (`occluders`, 0..1 on a grid of `cellPx`). The inner loop is
 * kernels/feather-row.ts.
 */
export function createBlendMask(canvas: FaceCanvas, occluders: Plane, cellPx: number): BlendMask {
  const { width, height, mesh, raster } = canvas;
  const border = distanceToUncovered(raster, false);
  const scale = faceScale(mesh);
  const heights = heightAlong(mesh);
  const prepared = prepareFields([occluders], { cellPx, widthPx: width });
  const rowBytes = 4 * (width + 4);
  const [fieldsAt, borderAt, alphaAt] = reserveBlocks(prepared.bytes, rowBytes, rowBytes) as [
    number,
    number,
    number,
  ];
  const { memory, featherRow } = loadKernels();
  const fields = prepared.lend(fieldsAt);
  const borderRow = new Float32Array(memory.buffer, borderAt, width);
  const alphaRow = new Float32Array(memory.buffer, alphaAt, width);
  const alpha = borrowFloats(width * height);
  for (let y = 0; y < height; y++) {
    fields.seekRow(y, 0, 1);
    borderRow.set(border.data.subarray(y * width, (y + 1) * width));
    const first = heights.origin + heights.perRow * (y + 0.5) + heights.perColumn * 0.5;
    featherRow(
      ...([borderAt, fields.rowsAt, alphaAt, width, first, heights.perColumn, scale] as const),
    );
    alpha.set(alphaRow, y * width);
  }
  return { alpha, border };
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
