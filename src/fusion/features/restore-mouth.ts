import { softMaskOf } from "../../imaging/soft-mask.ts";
import { type FaceLayer, keepAsIs, takeTemplate } from "../face-layer.ts";
import { LIPS_INNER } from "../face-regions.ts";
import { faceScale, type Mesh, mouthGap } from "../shape/measure-face.ts";
import { outlineOf } from "../skin/face-zones.ts";

/** A mouth opened by less than this (over the face scale) shows nothing inside. */
const OPEN_GAP = 0.012;

/** Puts the template's own mouth interior (teeth, tongue, in the template's light) between the lips. */
export function restoreMouthInterior(layer: FaceLayer, templateMesh: Mesh): void {
  if (mouthGap(templateMesh) <= OPEN_GAP) return;
  const { canvas } = layer;
  const outline = outlineOf(canvas.mesh, LIPS_INNER);
  const mask = softMaskOf(outline, 0.006 * faceScale(canvas.mesh), canvas);
  takeTemplate(layer, mask);
  // Teeth are as sharp as the template around them; more shows the gaps between them as black lines.
  keepAsIs(layer, mask);
}
