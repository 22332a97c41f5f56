import { boxBlur } from "../../imaging/box-blur.ts";
import { type FaceLayer, lumaOf } from "../face-layer.ts";
import { faceScale } from "../shape/measure-face.ts";
import { addBands } from "./detail-bands.ts";

/** No pixel gets more than this many levels brighter or darker. */
const MAX_CHANGE = 14;

/** Share of the boost that skin gets where nothing else is wanted. */
const USUAL_SKIN_SHARE = 0.35;

/** Raises luma detail of two scales. `strength` 0..1; skin gets `skinShare` (0..1) of it, features all. */
export function enhanceDetail(
  layer: FaceLayer,
  strength: number,
  skinShare = USUAL_SKIN_SHARE,
): void {
  const scale = faceScale(layer.canvas.mesh);
  const luma = lumaOf(layer.rgb, layer.canvas);
  const near = boxBlur(luma, Math.max(1, Math.round(0.005 * scale)));
  const far = boxBlur(luma, Math.max(2, Math.round(0.02 * scale)));
  addBands(
    layer,
    { luma, near, far },
    {
      ...{ fine: 1.1 * strength, coarse: 0.25 * strength, limit: MAX_CHANGE },
      ...{ onSkin: skinShare, onFeature: 1 },
    },
  );
}
