import { boxBlur } from "../../imaging/box-blur.ts";
import { type FaceLayer, lumaOf } from "../face-layer.ts";
import { faceScale } from "../shape/measure-face.ts";
import { addBands } from "./detail-bands.ts";

/** No pixel gets more than this many levels brighter or darker. */
const MAX_CHANGE = 14;

/** Raises luma detail of two scales, features more than skin. `strength` 0..1. */
export function enhanceDetail(layer: FaceLayer, strength: number): void {
  const scale = faceScale(layer.canvas.mesh);
  const luma = lumaOf(layer.rgb, layer.canvas);
  const near = boxBlur(luma, Math.max(1, Math.round(0.005 * scale)));
  const far = boxBlur(luma, Math.max(2, Math.round(0.02 * scale)));
  addBands(
    layer,
    { luma, near, far },
    {
      ...{ fine: 1.1 * strength, coarse: 0.25 * strength, limit: MAX_CHANGE },
      ...{ onSkin: 0.35, onFeature: 1 },
    },
  );
}
