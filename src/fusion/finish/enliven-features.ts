import { borrowZeros, returnFloats } from "../../imaging/float-store.ts";
import { forEachMasked, softMaskOf } from "../../imaging/soft-mask.ts";
import type { FaceLayer } from "../face-layer.ts";
import { LIPS_INNER } from "../face-regions.ts";
import { faceScale } from "../shape/measure-face.ts";
import { outlineOf } from "../skin/face-zones.ts";

/** A pixel that is less feature than this would not change by a level. */
const NEGLIGIBLE = 1 / 1024;

/** Raises the colour of eyes, brows and lips by a share (0..1) of itself; skin and teeth keep theirs. */
export function enlivenFeatures(layer: FaceLayer, share: number): void {
  const { canvas, feature, interior, rgb } = layer;
  const teeth = borrowZeros(feature.length);
  const inside = softMaskOf(
    outlineOf(canvas.mesh, LIPS_INNER),
    0.004 * faceScale(canvas.mesh),
    canvas,
  );
  if (inside) {
    forEachMasked(inside, canvas.width, (pixel, value) => {
      teeth[pixel] = value;
    });
  }
  for (let i = 0; i < feature.length; i++) {
    const kind = feature[i]!;
    if (kind < NEGLIGIBLE) continue;
    const gain = share * kind * interior[i]! * (1 - teeth[i]!);
    const at = 3 * i;
    const [r, g, b] = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
    const luma = 0.299 * r + 0.587 * g + 0.114 * b;
    rgb[at] = r + gain * (r - luma);
    rgb[at + 1] = g + gain * (g - luma);
    rgb[at + 2] = b + gain * (b - luma);
  }
  returnFloats(teeth);
}
