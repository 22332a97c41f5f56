import { gaussianBlur } from "../../imaging/box-blur.ts";
import { type Plane, planeFrom } from "../../imaging/plane.ts";
import { clamp } from "../../imaging/scalar.ts";
import { forEachMasked, type SoftMask, softMaskOf } from "../../imaging/soft-mask.ts";
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
  forEachMasked(mask, layer.canvas.width, (pixel, value, cell) => {
    const change = clamp(given.data[cell]! - own.data[cell]!, -MAX_CHANGE, MAX_CHANGE);
    const factor = Math.exp(share * value * change);
    for (let c = 3 * pixel; c < 3 * pixel + 3; c++) layer.rgb[c]! *= factor;
  });
}

/** Log of a picture's luma over its own blur in the mask's window. */
function shadeOf(rgb: Float32Array, layer: FaceLayer, mask: SoftMask, sigma: number): Plane {
  const luma = lumaWithin(rgb, layer, mask);
  const blurred = gaussianBlur(luma, sigma);
  return planeFrom(luma.width, luma.height, (i) =>
    Math.log((luma.data[i]! + DARKEST) / (blurred.data[i]! + DARKEST)),
  );
}
