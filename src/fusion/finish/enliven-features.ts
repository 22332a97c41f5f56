import { NEGLIGIBLE_MASK, type SoftMask, softMaskOf } from "../../imaging/soft-mask.ts";
import type { FaceLayer } from "../face-layer.ts";
import { LIPS_INNER } from "../face-regions.ts";
import { faceScale } from "../shape/measure-face.ts";
import { outlineOf } from "../skin/face-zones.ts";

/** A pixel that is less feature than this would not change by a level. */
const NEGLIGIBLE = 1 / 1024;

/** Raises the colour of eyes, brows and lips by a share (0..1) of itself; skin and teeth keep theirs. */
export function enlivenFeatures(layer: FaceLayer, share: number): void {
  const { canvas } = layer;
  const softness = 0.004 * faceScale(canvas.mesh);
  const teeth = softMaskOf(outlineOf(canvas.mesh, LIPS_INNER), softness, canvas);
  for (let y = 0; y < canvas.height; y++) {
    const from = y * canvas.width;
    enlivenRow(layer, { from, to: from + canvas.width, share, teeth: teethOf(teeth, y) });
  }
}

/** The teeth's values in one row; pixels beside them have none. */
interface TeethRow {
  /** Columns of the row. */
  readonly left: number;
  readonly right: number;
  readonly values: Float32Array;
}

const NO_TEETH: TeethRow = { left: 0, right: 0, values: new Float32Array(0) };

function teethOf(mask: SoftMask | undefined, y: number): TeethRow {
  if (!mask || y < mask.y || y >= mask.y + mask.plane.height) return NO_TEETH;
  const { width, data } = mask.plane;
  const values = data.subarray((y - mask.y) * width, (y - mask.y + 1) * width);
  return { left: mask.x, right: mask.x + width, values };
}

interface PixelRow {
  /** First pixel and the one after the last. */
  readonly from: number;
  readonly to: number;
  readonly share: number;
  readonly teeth: TeethRow;
}

function enlivenRow(layer: FaceLayer, { from, to, share, teeth }: PixelRow): void {
  const { feature, interior, rgb } = layer;
  const { left, right, values } = teeth;
  for (let i = from; i < to; i++) {
    const kind = feature[i]!;
    if (kind < NEGLIGIBLE) continue;
    const x = i - from;
    const tooth = x >= left && x < right ? values[x - left]! : 0;
    const gain = share * kind * interior[i]! * (1 - (tooth > NEGLIGIBLE_MASK ? tooth : 0));
    const at = 3 * i;
    const r = rgb[at]!;
    const g = rgb[at + 1]!;
    const b = rgb[at + 2]!;
    const luma = 0.299 * r + 0.587 * g + 0.114 * b;
    rgb[at] = r + gain * (r - luma);
    rgb[at + 1] = g + gain * (g - luma);
    rgb[at + 2] = b + gain * (b - luma);
  }
}
