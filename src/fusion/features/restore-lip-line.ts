import { gaussianBlur } from "../../imaging/box-blur.ts";
import { createPlane, type Plane } from "../../imaging/plane.ts";
import { clamp } from "../../imaging/scalar.ts";
import { NEGLIGIBLE_MASK, type SoftMask, softMaskOf } from "../../imaging/soft-mask.ts";
import { type FaceLayer, lumaWithin } from "../face-layer.ts";
import { LOWER_LIP_RINGS, MOUTH_CORNERS, UPPER_LIP_RINGS } from "../face-regions.ts";
import { gapShare } from "../shape/lips-without-gap.ts";
import { faceScale, type Mesh } from "../shape/measure-face.ts";
import { outlineOf } from "../skin/face-zones.ts";

/** The inner halves of both lips from corner to corner. */
const LINE_ZONE = [
  MOUTH_CORNERS[0][1],
  ...UPPER_LIP_RINGS[2],
  MOUTH_CORNERS[1][1],
  ...LOWER_LIP_RINGS[2].toReversed(),
];
/** Sigma of what counts as the line's own shade, over the face scale, and its largest change, natural log. */
const LINE_WIDTH = 0.012;
const MAX_CHANGE = 1.2;
/** Levels added before ratios are taken, so that black has one. */
const DARKEST = 6;

/**
 * Where the user's mouth is wider open than the template's, no photo shows how the user's closed lips meet: the shade of
 * the template's lips along their inner contour (its luma over its own blur) takes the place of the user's, in the
 * colour of the user's lips.
 */
export function restoreLipLine(layer: FaceLayer, meshes: { user: Mesh; template: Mesh }): void {
  const share = gapShare(meshes.user, meshes.template);
  if (share === 0) return;
  const scale = faceScale(layer.canvas.mesh);
  const outline = outlineOf(layer.canvas.mesh, LINE_ZONE);
  const mask = softMaskOf(outline, 0.006 * scale, layer.canvas);
  if (!mask) return;
  const given = shadeOf(layer.template, layer, mask, LINE_WIDTH * scale);
  const own = shadeOf(layer.rgb, layer, mask, LINE_WIDTH * scale);
  const factors = lineFactors(mask, given, own, share);
  const { width, height } = mask.plane;
  for (let y = 0, cell = 0; y < height; y++) {
    let at = 3 * ((mask.y + y) * layer.canvas.width + mask.x);
    for (let x = 0; x < width; x++, cell++, at += 3) {
      const factor = factors[cell]!;
      if (factor === 1) continue;
      layer.rgb[at]! *= factor;
      layer.rgb[at + 1]! *= factor;
      layer.rgb[at + 2]! *= factor;
    }
  }
}

/** What each cell of the mask is multiplied by to have the given shade, 1 beside it. */
function lineFactors(mask: SoftMask, given: Plane, own: Plane, share: number): Float64Array {
  const factors = new Float64Array(mask.plane.data.length).fill(1);
  for (let i = 0; i < factors.length; i++) {
    const value = mask.plane.data[i]!;
    if (value <= NEGLIGIBLE_MASK) continue;
    const change = clamp(given.data[i]! - own.data[i]!, -MAX_CHANGE, MAX_CHANGE);
    factors[i] = Math.exp(share * value * change);
  }
  return factors;
}

/** Log of a picture's luma over its own blur in the mask's window. */
function shadeOf(rgb: Float32Array, layer: FaceLayer, mask: SoftMask, sigma: number): Plane {
  const luma = lumaWithin(rgb, layer, mask);
  const blurred = gaussianBlur(luma, sigma);
  const shade = createPlane(luma.width, luma.height);
  for (let i = 0; i < shade.data.length; i++) {
    shade.data[i] = Math.log((luma.data[i]! + DARKEST) / (blurred.data[i]! + DARKEST));
  }
  return shade;
}
