import type { FaceLayer } from "../face-layer.ts";

/** Raises the colour of eyes, brows and lips by a share (0..1) of itself; skin keeps the template's tone. */
export function enlivenFeatures(layer: FaceLayer, share: number): void {
  const { feature, interior, rgb } = layer;
  for (let i = 0; i < feature.length; i++) {
    const gain = share * feature[i]! * interior[i]!;
    if (gain === 0) continue;
    const at = 3 * i;
    const luma = 0.299 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]!;
    for (let c = at; c < at + 3; c++) rgb[c]! += gain * (rgb[c]! - luma);
  }
}
