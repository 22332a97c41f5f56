import { borrowFloats } from "../../imaging/float-store.ts";
import { forEachMasked, softMaskOf } from "../../imaging/soft-mask.ts";
import type { FaceLayer } from "../face-layer.ts";
import { LIPS_INNER } from "../face-regions.ts";
import { faceScale } from "../shape/measure-face.ts";
import { outlineOf } from "../skin/face-zones.ts";

/**
 * The same layer with the inside of the mouth counted as no feature: it is the template's already, teeth with stronger edges look
 * drawn and with more colour stained. The new `feature` array is borrowed and has to be returned.
 */
export function withoutTeeth(layer: FaceLayer): FaceLayer {
  const { canvas } = layer;
  const feature = borrowFloats(layer.feature.length);
  feature.set(layer.feature);
  const outline = outlineOf(canvas.mesh, LIPS_INNER);
  const inside = softMaskOf(outline, 0.004 * faceScale(canvas.mesh), canvas);
  if (inside) {
    forEachMasked(inside, canvas.width, (pixel, value) => {
      feature[pixel]! *= 1 - value;
    });
  }
  return { ...layer, feature };
}
