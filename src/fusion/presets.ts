import type { FusionOptions, ModelType } from "./fusion-options.ts";

/** Everything the engine's steps read: a model type's character scaled by the caller's strengths. */
export interface FusionTuning {
  /** Share of the user's face outline, 0..1. */
  readonly outline: number;
  /** Share of the user's feature placement inside the outline, 0..1. */
  readonly placement: number;
  /** How far the user's lid shape may come in when openness agrees, 0..1. */
  readonly lidShape: number;
  /** Share of plain user geometry, expression included, 0..1. */
  readonly plainShape: number;
  /** How much of the template's expression keeps the plain shape off the mouth where the user's differs, 0..1. */
  readonly expressionKept: number;
  /** Share of the user in the features' look, 0..1; the shares of places and shapes above have it in them. */
  readonly likeness: number;
  /** Detail boost, 0..1. */
  readonly enhance: number;
  /** Skin smoothing, 0..1. */
  readonly smooth: number;
  /** Share of the detail boost that skin gets; features get all of it, 0..1. */
  readonly skinDetail: number;
  /** How much more colour and contrast eyes, brows and lips get, 0..1. */
  readonly vividness: number;
  /** Multiplies the sharpness aimed at. */
  readonly sharpness: number;
  /** Limit of the user's own mid-scale shading, log units. */
  readonly midBandLimit: number;
  /** Eye openness under which the template's lids are kept. */
  readonly closedEye: number;
  /** When the user's own eyes are taken: gaze and opening very alike, roughly so, whatever they are, or never. */
  readonly userEyes: "when-alike" | "when-near" | "always" | "never";
  /** Keep whatever covers the template's mouth (masks, hands). */
  readonly keepCoveredMouth: boolean;
  readonly enhanceTeeth: boolean;
  readonly transferMakeup: boolean;
}

/** A preset's values hold for strengths of 0.5 and are scaled by strength / 0.5. */
interface Preset
  extends Partial<
    Omit<FusionTuning, "enhance" | "smooth" | "enhanceTeeth" | "likeness" | "transferMakeup">
  > {
  readonly enhance: number;
  readonly smooth: number;
  /** How much of the user's places of features the caller's share of the outline adds to {@link PLACED_ANYWAY}. */
  readonly placedByOutline?: number;
}

/** Share of the user's places of features that a result has even where its outline is the template's. */
const PLACED_ANYWAY = 0.55;

const PRESETS: Readonly<Record<ModelType, Preset>> = {
  1: { enhance: 0.34, smooth: 0.5, vividness: 0.16, placedByOutline: 0.65, midBandLimit: 0.13 },
  2: { enhance: 0.05, smooth: 0.35, sharpness: 0.85 },
  3: { enhance: 0.22, smooth: 0.08, skinDetail: 0.9 },
  4: {
    ...{ enhance: 0.2, smooth: 0.2, placement: 1, lidShape: 1, plainShape: 0.62 },
    ...{ midBandLimit: 0.16, userEyes: "when-near", expressionKept: 0.7 },
  },
  5: {
    ...{ enhance: 0.16, smooth: 0.35, placement: 0.7, closedEye: 0.17 },
    ...{ userEyes: "never", keepCoveredMouth: true },
  },
  6: {
    ...{ enhance: 0.2, smooth: 0.06, outline: 0.9, placement: 1, lidShape: 1, plainShape: 0.75 },
    ...{ midBandLimit: 0.22, userEyes: "always", expressionKept: 0.7 },
  },
};

/** Combines a model type with the caller's strengths. */
export function tuneFusion(options: FusionOptions): FusionTuning {
  const { enhance, smooth, placedByOutline = 0.45, ...preset } = PRESETS[options.modelType];
  const { likeness = 1 } = options;
  const { vividness = 0 } = preset;
  const {
    placement = Math.min(1, PLACED_ANYWAY + placedByOutline * options.reshapeStrength),
    lidShape = 0.9,
    plainShape = 0.34,
  } = preset;
  return {
    outline: options.reshapeStrength,
    expressionKept: 1,
    sharpness: 1,
    skinDetail: 0.35,
    midBandLimit: 0.11,
    closedEye: 0.145,
    userEyes: "when-alike",
    keepCoveredMouth: false,
    ...preset,
    likeness,
    placement: likeness * placement,
    lidShape: likeness * lidShape,
    plainShape: likeness * plainShape,
    vividness: vividness * Math.min(1, 2 * options.enhanceStrength),
    enhance: Math.min(1, (enhance * options.enhanceStrength) / 0.5),
    smooth: Math.min(1, (smooth * options.smoothStrength) / 0.5),
    enhanceTeeth: options.enhanceTeeth,
    transferMakeup: options.transferMakeup,
  };
}
