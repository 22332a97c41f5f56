import { mix, smoothstep } from "../../imaging/scalar.ts";

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

/** Number of smooth fields of one source, and which is which. */
export const SOURCE_FIELDS = 9;
const SHIFT_Y = 0;
const BASE_Y = 1;
const MIDDLE_Y = 2;
const SHIFT_A = 3;
const BASE_A = 4;
const SHIFT_B = 5;
const BASE_B = 6;
/** 1 - e^(-shift) where the face gets brighter, else 0. */
const BRIGHTENING = 7;
/** Index of the source's weight among its fields. */
export const WEIGHT = 8;

/** What a pixel shows besides skin, 0..1 each. */
export interface PixelKind {
  /** Eyes with lids, brows, lips or nostrils. */
  feature: number;
  lip: number;
  /** The eyeball between the lids. */
  eye: number;
}

/** Adds one relit pixel of a source to the mix: its colours from `at`, its fields from `fieldAt`. */
export type AddRelitPixel = (colours: Float32Array, at: number, fieldAt: number) => void;

/**
 * Makes a function that brings one Y A B colour of the user into the template's light and adds it, weighted, to
 * `out` (Y A B). It reads the smooth fields from `values` and the kind of pixel from `kind`.
 */
export function createPixelRelighter(
  constants: RelightConstants,
  values: Float32Array,
  kind: PixelKind,
  out: Float32Array,
): AddRelitPixel {
  return (colours, at, fieldAt) => {
    const weight = values[fieldAt + WEIGHT]!;
    const y = colours[at]!;
    const base = values[fieldAt + BASE_Y]!;
    const shift = values[fieldAt + SHIFT_Y]!;
    const detail = relitDetail(y - base, values[fieldAt + BRIGHTENING]!, constants, kind);
    const middle = middleDetail(y - values[fieldAt + MIDDLE_Y]!, shift, constants);
    out[0]! += weight * (base + shift + detail + middle);
    const a = colours[at + 1]! - values[fieldAt + BASE_A]!;
    const b = colours[at + 2]! - values[fieldAt + BASE_B]!;
    const gain = chromaGain(Math.sqrt(a * a + b * b), shift, constants, kind);
    out[1]! += weight * (values[fieldAt + BASE_A]! + values[fieldAt + SHIFT_A]! + gain * a);
    out[2]! += weight * (values[fieldAt + BASE_B]! + values[fieldAt + SHIFT_B]! + gain * b);
  };
}

/** Strengthens or weakens detail of middle scale; folds and spots of a face that gets much brighter stay as they are. */
function middleDetail(detail: number, shift: number, constants: RelightConstants): number {
  const gain = Math.min(constants.detailGain, 1.3 - 0.3 * smoothstep(0, 0.4, shift));
  const change = (gain - 1) * detail;
  return change < -0.3 ? -0.3 : change > 0.3 ? 0.3 : change;
}

/**
 * Factor on a pixel's colour difference from the smooth level. One factor for both axes, so that a limited colour (red
 * lips) keeps its hue; dark skin's colour differences are ratios of small numbers and would glow when brightened.
 */
function chromaGain(
  size: number,
  shift: number,
  constants: RelightConstants,
  kind: PixelKind,
): number {
  const vivid = Math.max(kind.lip, kind.eye);
  const own = Math.max(vivid, 0.5 * kind.feature);
  const fade = 1 - 0.85 * smoothstep(0.1, 0.6, shift) * (1 - kind.lip);
  const gain = mix(constants.skinChromaGain, 1, own) * constants.colourfulness * fade;
  const limit = 0.06 + 0.1 * kind.feature + 1.2 * vivid;
  return gain * size > limit ? limit / size : gain;
}

/**
 * Detail over the smooth level after a change of light. Highlights and shadows are not multiplicative: when a face is
 * brightened, its specular spots do not grow by the same factor, nor do its folds; and nothing but the eyes
 * shines more than the template's own skin.
 */
function relitDetail(
  detail: number,
  brightening: number,
  constants: RelightConstants,
  kind: PixelKind,
): number {
  let relit = detail;
  if (brightening > 0.02) {
    const share = detail > 0 ? 1 : 0.65 - 0.55 * kind.feature;
    relit = logOnePlus((Math.exp(detail) - 1) * (1 - share * brightening));
  }
  const limit = constants.highlightLimit * (1 + 0.5 * kind.feature + 0.5 * kind.lip);
  if (relit <= limit) return relit;
  const compressed = limit + limit * Math.tanh((relit - limit) / limit);
  return mix(compressed, relit, kind.eye);
}

function logOnePlus(value: number): number {
  return Math.log(value < -0.95 ? 0.05 : 1 + value);
}
