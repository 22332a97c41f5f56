import { clamp, smoothstep } from "../../imaging/scalar.ts";

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

/** Smooth fields of one source along a row of pixels. */
export interface SourceRows {
  /** How much of the source is taken, 0..1. */
  readonly weight: Float32Array;
  /** What light and tone add to Y, A and B. */
  readonly shiftY: Float32Array;
  readonly shiftA: Float32Array;
  readonly shiftB: Float32Array;
  /** The source's own smooth Y, A and B. */
  readonly baseY: Float32Array;
  readonly baseA: Float32Array;
  readonly baseB: Float32Array;
  /** Its Y smoothed at a small scale. */
  readonly middleY: Float32Array;
  /** 1 - e^(-shiftY) where the face gets brighter, else 0. */
  readonly brightening: Float32Array;
  /** Gain on middle detail, see {@link middleGain}. */
  readonly middleGain: Float32Array;
  /** How far the source's own colour variation fades with the change of light, 0..1. */
  readonly chromaFade: Float32Array;
}

/** What the pixels of a row show besides skin, 0..1 each. */
export interface KindRows {
  /** Eyes with lids, brows, lips or nostrils. */
  readonly feature: Float32Array;
  readonly lip: Float32Array;
  /** The eyeball between the lids. */
  readonly eye: Float32Array;
}

/** Weights below this change no 8-bit level. */
export const NEGLIGIBLE_WEIGHT = 0.002;

/** Detail below this (log units) is relit by a series. */
const SMALL_DETAIL = 0.15;

/** Gain on middle detail; folds and spots of a face that gets much brighter stay as they are. */
export function middleGain(constants: RelightConstants, shiftY: number): number {
  return Math.min(constants.detailGain, 1.3 - 0.3 * smoothstep(0, 0.4, shiftY)) - 1;
}

/** Dark skin's colour differences are ratios of small numbers and would glow when brightened: 0..1 to take away. */
export function chromaFade(shiftY: number): number {
  return 0.85 * smoothstep(0.1, 0.6, shiftY);
}

/**
 * Brings a row of the user's Y A B colours (interleaved, from `colourAt`) into the template's light and adds it, weighted,
 * to `mixed` (Y A B interleaved). Pixels of no weight cost nothing.
 */
export function relightRow(
  source: { readonly colours: Float32Array; readonly colourAt: number; readonly rows: SourceRows },
  kind: KindRows,
  constants: RelightConstants,
  mixed: Float32Array,
): void {
  const { colours, colourAt, rows } = source;
  const { weight, baseY, baseA, baseB } = rows;
  for (let x = 0; x < weight.length; x++) {
    const w = weight[x]!;
    if (w <= NEGLIGIBLE_WEIGHT) continue;
    const at = colourAt + 3 * x;
    const base = baseY[x]!;
    const y = colours[at]!;
    const feature = kind.feature[x]!;
    const lip = kind.lip[x]!;
    const eye = kind.eye[x]!;
    const share = y > base ? 1 : 0.65 - 0.55 * feature;
    const detail = relitDetail(y - base, share * rows.brightening[x]!);
    const limit = constants.highlightLimit * (1 + 0.5 * feature + 0.5 * lip);
    const middle = clamp(rows.middleGain[x]! * (y - rows.middleY[x]!), -0.3, 0.3);
    const shone = detail > limit ? compressed(detail, limit, eye) : detail;
    mixed[3 * x]! += w * (base + rows.shiftY[x]! + shone + middle);
    const a = colours[at + 1]! - baseA[x]!;
    const b = colours[at + 2]! - baseB[x]!;
    const vivid = Math.max(lip, eye);
    const own = Math.max(vivid, 0.5 * feature);
    const skinGain = constants.skinChromaGain;
    const fade = 1 - rows.chromaFade[x]! * (1 - lip);
    const gain = (skinGain + (1 - skinGain) * own) * constants.colourfulness * fade;
    // One factor for both axes, so that a limited colour (red lips) keeps its hue.
    const factor = limitedGain(gain, Math.sqrt(a * a + b * b), 0.06 + 0.1 * feature + 1.2 * vivid);
    mixed[3 * x + 1]! += w * (baseA[x]! + rows.shiftA[x]! + factor * a);
    mixed[3 * x + 2]! += w * (baseB[x]! + rows.shiftB[x]! + factor * b);
  }
}

/**
 * Detail over the smooth level after a change of light. Highlights and shadows are not multiplicative: when a face is
 * brightened, its specular spots do not grow by the same factor, nor do its folds.
 */
function relitDetail(detail: number, loss: number): number {
  if (loss < 0.02) return detail;
  // Second order of the exact form, within 0.001 log units: most skin needs no exponential.
  if (detail > -SMALL_DETAIL && detail < SMALL_DETAIL) {
    return detail * (1 - loss) * (1 + 0.5 * loss * detail);
  }
  const relit = (Math.exp(detail) - 1) * (1 - loss);
  return Math.log(relit < -0.95 ? 0.05 : 1 + relit);
}

/** Nothing but the eyes shines more than the template's own skin. */
function compressed(detail: number, limit: number, eye: number): number {
  const low = limit + limit * Math.tanh((detail - limit) / limit);
  return low + (detail - low) * eye;
}

function limitedGain(gain: number, size: number, limit: number): number {
  return gain * size > limit ? limit / size : gain;
}
