import type { FaceLayer } from "../face-layer.ts";

/** A pixel that is less feature than this would not change by a level. */
const NEGLIGIBLE = 1 / 1024;

/** Raises the colour of eyes, brows and lips by a share (0..1) of itself; skin keeps its own. */
export function enlivenFeatures(layer: FaceLayer, share: number): void {
  const { feature, interior, rgb } = layer;
  for (let i = 0; i < feature.length; i++) {
    const kind = feature[i]!;
    if (kind < NEGLIGIBLE) continue;
    const gain = share * kind * interior[i]!;
    const at = 3 * i;
    const r = rgb[at]!;
    const g = rgb[at + 1]!;
    const b = rgb[at + 2]!;
    const luma = 0.299 * r + 0.587 * g + 0.114 * b;
    rgb[at] = r + gain * (r - luma);
    rgb[at + 1] = g + gain * (g - luma);
    rgb[at + 2] = b + gain * (b - luma);
  }
}
