import { forEachMasked, softMaskOf } from "../../imaging/soft-mask.ts";
import type { FaceLayer } from "../face-layer.ts";
import { LIPS_INNER } from "../face-regions.ts";
import { faceScale } from "../shape/measure-face.ts";
import { outlineOf } from "../skin/face-zones.ts";

/** Raises the colour of eyes, brows and lips by a share (0..1) of itself; skin and teeth keep theirs. */
export function enlivenFeatures(layer: FaceLayer, share: number): void {
  const { canvas, feature, interior, rgb } = layer;
  const teeth = new Float32Array(feature.length);
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
    const gain = share * feature[i]! * interior[i]! * (1 - teeth[i]!);
    if (gain === 0) continue;
    const at = 3 * i;
    const luma = 0.299 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]!;
    for (let c = at; c < at + 3; c++) rgb[c]! += gain * (rgb[c]! - luma);
  }
}
