import { smoothstep } from "../../imaging/scalar.ts";

/** Face-wide constants of the colour transfer. */
export interface RelightConstants {
  /** Gain on the user's middle-scale detail so that it is as strong as the template's, 0.75..1.3. */
  readonly detailGain: number;
  /** Gain on the user's colour variation on skin, 0..1. */
  readonly skinChromaGain: number;
  /** 0 for a black-and-white template, 1 for a colour photo. */
  readonly colourfulness: number;
  /** Highest detail (log units over the smooth level) that the template's skin shows. */
  readonly highlightLimit: number;
}

/** Weights below this change nothing that is seen. */
export const NEGLIGIBLE_WEIGHT = 0.002;

/** Gain on middle detail; folds and spots of a face that gets much brighter stay as they are. */
export function middleGain(constants: RelightConstants, shiftY: number): number {
  return Math.min(constants.detailGain, 1.3 - 0.3 * smoothstep(0, 0.4, shiftY)) - 1;
}

/** Dark skin's colour differences are ratios of small numbers and would glow when brightened: 0..1 to take away. */
export function chromaFade(shiftY: number): number {
  return 0.85 * smoothstep(0.1, 0.6, shiftY);
}
