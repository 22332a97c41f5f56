import { boxBlur } from "../../imaging/box-blur.ts";
import { quantile, smoothstep } from "../../imaging/scalar.ts";
import { forEachMasked, softMaskOf } from "../../imaging/soft-mask.ts";
import { type FaceLayer, lumaWithin } from "../face-layer.ts";
import { LIPS_INNER } from "../face-regions.ts";
import { faceScale, type Mesh, mouthGap } from "../shape/measure-face.ts";
import { outlineOf } from "../skin/face-zones.ts";

/** A mouth opened by less than this (over the face scale) shows no teeth. */
const TEETH_GAP = 0.02;

/** Takes the yellow out of the teeth, brightens them a little without glow and sharpens them. */
export function enhanceTeeth(layer: FaceLayer, templateMesh: Mesh): void {
  if (mouthGap(templateMesh) <= TEETH_GAP) return;
  const { canvas, rgb } = layer;
  const scale = faceScale(canvas.mesh);
  const mask = softMaskOf(outlineOf(canvas.mesh, LIPS_INNER), 0.004 * scale, canvas);
  if (!mask) return;
  const luma = lumaWithin(layer.rgb, layer, mask);
  const blurred = boxBlur(luma, Math.max(1, Math.round(0.006 * scale)));
  const inside = luma.data.filter((_, i) => mask.plane.data[i]! > 0.5);
  const dark = quantile(inside, 0.35);
  const bright = Math.max(dark + 12, quantile(inside, 0.75));
  forEachMasked(mask, canvas.width, (pixel, value, cell) => {
    const at = 3 * pixel;
    const r = rgb[at]!;
    const g = rgb[at + 1]!;
    const b = rgb[at + 2]!;
    const top = Math.max(r, g, b);
    const saturation = (top - Math.min(r, g, b)) / Math.max(top, 1);
    const level = luma.data[cell]!;
    const isTooth =
      value * smoothstep(dark, bright, level) * (1 - smoothstep(0.22, 0.5, saturation));
    if (isTooth === 0) return;
    const lift = 0.1 * Math.max(0, 235 - level) + 0.2 * (level - blurred.data[cell]!);
    rgb[at] = r + isTooth * (lift - 0.2 * Math.max(0, r - g));
    rgb[at + 1] = g + isTooth * lift;
    rgb[at + 2] = b + isTooth * (lift + 0.45 * Math.max(0, (0.95 * (r + g)) / 2 - b));
  });
}
