import { clamp, mix, smoothstep } from "../../imaging/scalar.ts";

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

/** Order of one source's fields in the field sampler. */
export const SOURCE_FIELDS = 8;
const SHIFT_Y = 0;
const BASE_Y = 1;
const MIDDLE_Y = 2;
const SHIFT_A = 3;
const BASE_A = 4;
const SHIFT_B = 5;
const BASE_B = 6;
/** Index of the source's weight among its fields. */
export const WEIGHT = 7;

/** How much a pixel is feature (eyes, brows, lips, nostrils) and how much lip, 0..1. */
export interface PixelKind {
  feature: number;
  lip: number;
}

/**
 * Brings one Y A B colour of the user into the template's light and adds it, weighted, to `out` (Y A B).
 * `fields` holds {@link SOURCE_FIELDS} values from `at`.
 */
export function addRelitPixel(
  source: { readonly colours: Float32Array; readonly at: number },
  field: { readonly values: Float32Array; readonly at: number },
  scene: { readonly constants: RelightConstants; readonly kind: PixelKind },
  out: Float32Array,
): void {
  const { values, at } = field;
  const { kind, constants } = scene;
  const weight = values[at + WEIGHT]!;
  const y = source.colours[source.at]!;
  const shift = values[at + SHIFT_Y]!;
  const detail = relitDetail(y - values[at + BASE_Y]!, shift, scene);
  const middle = (constants.detailGain - 1) * (y - values[at + MIDDLE_Y]!);
  out[0]! += weight * (values[at + BASE_Y]! + shift + detail + clamp(middle, -0.3, 0.3));
  const fade = 1 - 0.75 * smoothstep(0.2, 0.8, shift) * (1 - kind.lip);
  const gain =
    mix(constants.skinChromaGain * constants.colourfulness, constants.colourfulness, kind.feature) *
    fade;
  const limit = 0.06 + 0.6 * kind.feature;
  const a = gain * (source.colours[source.at + 1]! - values[at + BASE_A]!);
  const b = gain * (source.colours[source.at + 2]! - values[at + BASE_B]!);
  out[1]! += weight * (values[at + BASE_A]! + values[at + SHIFT_A]! + clamp(a, -limit, limit));
  out[2]! += weight * (values[at + BASE_B]! + values[at + SHIFT_B]! + clamp(b, -limit, limit));
}

/**
 * Detail over the smooth level after a change of light. Highlights and shadows are not multiplicative: when a face is
 * brightened, its specular spots do not grow by the same factor, nor do its folds; and nothing on skin
 * shines more than the template's own skin.
 */
function relitDetail(
  detail: number,
  shift: number,
  { constants, kind }: { constants: RelightConstants; kind: PixelKind },
): number {
  let relit = detail;
  if (shift > 0.02) {
    const share = detail > 0 ? 1 : mix(0.4, 0.1, kind.feature);
    relit = Math.log(Math.max(0.05, 1 + (Math.exp(detail) - 1) * Math.exp(-share * shift)));
  }
  const limit = constants.highlightLimit;
  if (relit <= limit) return relit;
  const compressed = limit + limit * Math.tanh((relit - limit) / limit);
  return mix(compressed, relit, kind.feature);
}
