import { gaussianBlur } from "../../imaging/box-blur.ts";
import { createPlane, type Plane } from "../../imaging/plane.ts";
import type { FaceCanvas } from "../face-canvas.ts";
import type { FaceGrid } from "../skin/face-grid.ts";
import type { FaceZones } from "../skin/face-zones.ts";
import type { LightFields } from "./light-fields.ts";
import { chromaFade, middleGain, type RelightConstants } from "./relight-gains.ts";
import type { SourceWeights } from "./source-weights.ts";

/** Everything that makes up the fused face's pixels. */
export interface Composition {
  readonly canvas: FaceCanvas;
  readonly grid: FaceGrid;
  readonly zones: FaceZones;
  readonly weights: SourceWeights;
  readonly userLight: LightFields;
  readonly mirroredLight: LightFields;
  readonly constants: RelightConstants;
}

/** Planes that {@link sourcePlanes} returns for each of the two sources. */
export const PLANES_PER_SOURCE = 11;

/**
 * The smooth fields of one source on the grid, in the order that kernels/compose-row.ts reads: how much of the source is taken
 * (0..1); what light and tone add to Y, A and B; the source's own smooth Y, A and B; its Y smoothed at a small scale;
 * 1 - e^(-shiftY) where the face gets brighter, else 0; the gain on middle detail; how far its own colour variation fades.
 */
export function sourcePlanes(
  light: LightFields,
  weight: Plane,
  constants: RelightConstants,
): Plane[] {
  const { width, height, data } = light.shiftY;
  const brightening = createPlane(width, height);
  const gain = createPlane(width, height);
  const fade = createPlane(width, height);
  for (let i = 0; i < data.length; i++) {
    const shift = data[i]!;
    brightening.data[i] = shift > 0 ? 1 - Math.exp(-shift) : 0;
    gain.data[i] = middleGain(constants, shift);
    fade.data[i] = chromaFade(shift);
  }
  return [
    ...[weight, light.shiftY, light.shiftA, light.shiftB],
    ...[light.baseY, light.baseA, light.baseB, light.middleY],
    ...[brightening, gain, fade],
  ];
}

/** What the cells show besides skin, softened, 0..1: eyes with lids, brows, lips or nostrils; lips; eyeballs. */
export function kindPlanes({ zones, grid }: Composition): Plane[] {
  return [zones.features, zones.lips, zones.eyeballs].map((plane) =>
    gaussianBlur(plane, 0.015 * grid.scale),
  );
}
