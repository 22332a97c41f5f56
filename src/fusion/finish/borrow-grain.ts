import { boxBlur } from "../../imaging/box-blur.ts";
import { borrowFloats, returnFloats } from "../../imaging/float-store.ts";
import type { Plane } from "../../imaging/plane.ts";
import { clamp, smoothstep } from "../../imaging/scalar.ts";
import type { FaceLayer } from "../face-layer.ts";
import { faceScale } from "../shape/measure-face.ts";
import type { DetailBands } from "./detail-bands.ts";

/** Share of the template's texture below which the fused skin looks painted, and from which on nothing is missing. */
const SMOOTH = { from: 0.55, to: 0.35 } as const;
/** Texture is compared over this radius, over the face scale. */
const RADIUS = 0.03;
/** What exceeds the texture around it by this factor is a fold, a mole or a hair of the template's. */
const LARGEST = 2.5;
/** Most that a pixel changes, levels. */
const MAX_CHANGE = 12;
/** One pixel of so many along a row is looked at to tell whether anything is missing at all. */
const SAMPLE_STEP = 7;

/** Both bands of luma detail, and how much of each is seen. */
export interface SkinTexture {
  readonly bands: DetailBands;
  readonly fine: number;
  readonly coarse: number;
}

/**
 * Lays the template's own grain and pores (`given`) over skin of a user whose small or blurred photo has none, so far as they are
 * missing there; features, and skin with a texture of its own, stay.
 */
export function borrowGrain(layer: FaceLayer, own: SkinTexture, given: SkinTexture): void {
  const missing = smoothstep(SMOOTH.from, SMOOTH.to, textureRatio(layer, own, given));
  if (missing === 0) return;
  const radius = Math.max(2, Math.round(RADIUS * faceScale(layer.canvas.mesh)));
  const ownStrength = strengthAround(own, radius);
  const givenStrength = strengthAround(given, radius);
  const { rgb, feature, interior } = layer;
  for (let i = 0; i < interior.length; i++) {
    const share = missing * interior[i]! * (1 - feature[i]!);
    if (share === 0) continue;
    const strength = givenStrength.data[i]!;
    const ratio = ownStrength.data[i]! / Math.max(strength, 0.1);
    if (ratio >= 1) continue;
    const limit = Math.min(MAX_CHANGE, LARGEST * strength);
    const change = share * Math.sqrt(1 - ratio * ratio) * clamp(detailAt(given, i), -limit, limit);
    for (let c = 3 * i; c < 3 * i + 3; c++) rgb[c]! += change;
  }
  returnFloats(ownStrength.data, givenStrength.data);
}

function detailAt({ bands, fine, coarse }: SkinTexture, i: number): number {
  const middle = bands.near.data[i]!;
  return fine * (bands.luma.data[i]! - middle) + coarse * (middle - bands.far.data[i]!);
}

/** Texture of the fused skin over the template's, by mean sizes. */
function textureRatio(layer: FaceLayer, own: SkinTexture, given: SkinTexture): number {
  const { feature, interior } = layer;
  let [ownSum, givenSum] = [0, 1e-3];
  for (let i = 0; i < interior.length; i += SAMPLE_STEP) {
    if (interior[i]! < 0.5 || feature[i]! > 0.1) continue;
    ownSum += Math.abs(detailAt(own, i));
    givenSum += Math.abs(detailAt(given, i));
  }
  return ownSum / givenSum;
}

function strengthAround(texture: SkinTexture, radius: number): Plane {
  const { width, height, data } = texture.bands.luma;
  const sizes = borrowFloats(data.length);
  for (let i = 0; i < sizes.length; i++) sizes[i] = Math.abs(detailAt(texture, i));
  const strength = boxBlur({ width, height, data: sizes }, radius);
  returnFloats(sizes);
  return strength;
}
