import { boxBlur } from "../../imaging/box-blur.ts";
import { clamp } from "../../imaging/scalar.ts";
import { addLuma, type FaceLayer, lumaOf } from "../face-layer.ts";
import { faceScale } from "../shape/measure-face.ts";

/** No pixel gets more than this many levels brighter or darker. */
const MAX_CHANGE = 14;

/** Raises luma detail of two scales, features more than skin. `strength` 0..1. */
export function enhanceDetail(layer: FaceLayer, strength: number): void {
  const { mesh } = layer.canvas;
  const scale = faceScale(mesh);
  const luma = lumaOf(layer.rgb, layer.canvas);
  const fine = boxBlur(luma, Math.max(1, Math.round(0.005 * scale)));
  const coarse = boxBlur(luma, Math.max(2, Math.round(0.02 * scale)));
  addLuma(layer, (i) => {
    const detail = 1.1 * (luma.data[i]! - fine.data[i]!) + 0.25 * (fine.data[i]! - coarse.data[i]!);
    const share = 0.35 + 0.65 * layer.feature[i]!;
    return clamp(strength * share * detail, -MAX_CHANGE, MAX_CHANGE);
  });
}
