import { boxBlur } from "../../imaging/box-blur.ts";
import { returnFloats } from "../../imaging/float-store.ts";
import type { Plane } from "../../imaging/plane.ts";
import { clamp } from "../../imaging/scalar.ts";
import { type FaceLayer, lumaOf } from "../face-layer.ts";
import { faceScale } from "../shape/measure-face.ts";
import { borrowGrain } from "./borrow-grain.ts";
import { addBands, bandEnergies, type DetailBands, returnBands } from "./detail-bands.ts";

/**
 * Gives the face the sharpness and grain of the template around it: equalises the energy of two luma bands to that of
 * the template's own face, where the blend mask's `alpha` shows the fused one. `aim` multiplies the fine energy's target (1 = as the template). Skin that is still too smooth gets the template's grain.
 */
export function matchSharpness(layer: FaceLayer, alpha: Float32Array, aim: number): void {
  const { canvas } = layer;
  const radius = Math.max(2, Math.round(0.012 * faceScale(canvas.mesh)));
  const own = bandsOf(lumaOf(layer.rgb, canvas), radius);
  const [ownFine, ownCoarse] = bandEnergies(own, alpha);
  const given = bandsOf(layer.plainLuma, radius);
  const [givenFine, givenCoarse] = bandEnergies(given, alpha);
  const fineGain = clamp(Math.sqrt(givenFine / Math.max(ownFine, 1e-3)) * aim, 0.35, 2.2);
  const coarseGain = clamp((givenCoarse / Math.max(ownCoarse, 1e-3)) ** 0.35, 0.7, 1.35);
  addBands(layer, own, {
    ...{ fine: fineGain - 1, fineLimit: 18, coarse: coarseGain - 1, coarseLimit: 14 },
    ...{ onSkin: 1, onFeature: 1 },
  });
  const shown = { bands: own, fine: fineGain, coarse: coarseGain };
  borrowGrain(layer, shown, { bands: given, fine: aim, coarse: 1 });
  returnBands(own);
  returnFloats(given.near.data, given.far.data);
}

/** Pixel-scale detail (blur, grain, compression) and the next coarser one. */
function bandsOf(luma: Plane, radius: number): DetailBands {
  return { luma, near: boxBlur(luma, 1), far: boxBlur(luma, radius) };
}
