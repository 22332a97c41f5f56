import { boxBlur } from "../../imaging/box-blur.ts";
import { mix, smoothstep } from "../../imaging/scalar.ts";
import { type FaceLayer, lumaOf } from "../face-layer.ts";
import { faceScale } from "../shape/measure-face.ts";
import { addBands, returnBands } from "./detail-bands.ts";

/** No pixel gets more than this many levels brighter or darker. */
const MAX_CHANGE = 14;

/** Share of the boost that skin gets where nothing else is wanted. */
const USUAL_SKIN_SHARE = 0.35;

/**
 * Face lengths in px between which the boost grows to its full size, from this share: on small faces the finest detail is
 * single pixels, which would turn into specks.
 */
const SMALL_FACE = { from: 50, to: 200, share: 0.25 } as const;

/** Raises luma detail of two scales. `strength` 0..1; skin gets `skinShare` (0..1) of it, features all. */
export function enhanceDetail(
  layer: FaceLayer,
  strength: number,
  skinShare = USUAL_SKIN_SHARE,
): void {
  const scale = faceScale(layer.canvas.mesh);
  const grown = mix(SMALL_FACE.share, 1, smoothstep(SMALL_FACE.from, SMALL_FACE.to, scale));
  const boost = strength * grown;
  const luma = lumaOf(layer.rgb, layer.canvas);
  const near = boxBlur(luma, Math.max(1, Math.round(0.005 * scale)));
  const far = boxBlur(luma, Math.max(2, Math.round(0.02 * scale)));
  addBands(
    layer,
    { luma, near, far },
    {
      ...{ fine: 1.1 * boost, coarse: 0.25 * boost, limit: MAX_CHANGE },
      ...{ onSkin: skinShare, onFeature: 1 },
    },
  );
  returnBands({ luma, near, far });
}
