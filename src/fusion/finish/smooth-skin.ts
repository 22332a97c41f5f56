import { boxBlur } from "../../imaging/box-blur.ts";
import { guidedFilter } from "../../imaging/guided-filter.ts";
import { type FaceLayer, lumaOf } from "../face-layer.ts";
import { faceScale } from "../shape/measure-face.ts";
import { addBands, returnBands } from "./detail-bands.ts";

/** Luma variance (levels squared) above which an edge is kept. */
const EDGE_VARIANCE = 120;
/** Share of the finest texture (pores) that stays. */
const PORES_KEPT = 0.4;

/** Removes blotches of middle scale from skin and keeps pores, lashes, lips and hair. `strength` 0..1. */
export function smoothSkin(layer: FaceLayer, strength: number): void {
  const { mesh } = layer.canvas;
  const luma = lumaOf(layer.rgb, layer.canvas);
  const radius = Math.max(1, Math.round(0.018 * faceScale(mesh)));
  const near = boxBlur(luma, 1);
  const far = guidedFilter(luma, radius, EDGE_VARIANCE);
  addBands(
    layer,
    { luma, near, far },
    {
      ...{ fine: -0.8 * strength * (1 - PORES_KEPT), coarse: -0.8 * strength },
      ...{ onSkin: 1, onFeature: 0 },
    },
  );
  returnBands({ luma, near, far });
}
