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

/** What a pixel shows besides skin, 0..1 each. */
export interface PixelKind {
  /** Eyes with lids, brows, lips or nostrils. */
  feature: number;
  lip: number;
  /** The eyeball between the lids. */
  eye: number;
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
  const weight = values[at + WEIGHT]!;
  const y = source.colours[source.at]!;
  const shift = values[at + SHIFT_Y]!;
  const detail = relitDetail(y - values[at + BASE_Y]!, shift, scene);
  // Folds and spots of a face that gets much brighter must not get stronger as well.
  const detailGain = Math.min(scene.constants.detailGain, 1.3 - 0.3 * smoothstep(0, 0.4, shift));
  const middle = (detailGain - 1) * (y - values[at + MIDDLE_Y]!);
  out[0]! += weight * (values[at + BASE_Y]! + shift + detail + clamp(middle, -0.3, 0.3));
  const a = source.colours[source.at + 1]! - values[at + BASE_A]!;
  const b = source.colours[source.at + 2]! - values[at + BASE_B]!;
  const gain = chromaGain(Math.hypot(a, b), shift, scene);
  out[1]! += weight * (values[at + BASE_A]! + values[at + SHIFT_A]! + gain * a);
  out[2]! += weight * (values[at + BASE_B]! + values[at + SHIFT_B]! + gain * b);
}

/**
 * Factor on a pixel's colour difference from the smooth level. One factor for both axes, so that a limited colour (red
 * lips) keeps its hue; dark skin's colour differences are ratios of small numbers and would glow when brightened.
 */
function chromaGain(
  size: number,
  shift: number,
  { constants, kind }: { constants: RelightConstants; kind: PixelKind },
): number {
  const own = Math.max(kind.lip, kind.eye, 0.5 * kind.feature);
  const fade = 1 - 0.85 * smoothstep(0.1, 0.6, shift) * (1 - kind.lip);
  const gain = mix(constants.skinChromaGain, 1, own) * constants.colourfulness * fade;
  const limit = 0.06 + 0.1 * kind.feature + 1.2 * Math.max(kind.lip, kind.eye);
  return gain * size > limit ? limit / size : gain;
}

/**
 * Detail over the smooth level after a change of light. Highlights and shadows are not multiplicative: when a face is
 * brightened, its specular spots do not grow by the same factor, nor do its folds; and nothing but the eyes
 * shines more than the template's own skin.
 */
function relitDetail(
  detail: number,
  shift: number,
  { constants, kind }: { constants: RelightConstants; kind: PixelKind },
): number {
  let relit = detail;
  if (shift > 0.02) {
    const share = detail > 0 ? 1 : mix(0.65, 0.1, kind.feature);
    relit = Math.log(Math.max(0.05, 1 + (Math.exp(detail) - 1) * Math.exp(-share * shift)));
  }
  const limit = constants.highlightLimit * (1 + 0.5 * kind.feature + 0.5 * kind.lip);
  if (relit <= limit) return relit;
  const compressed = limit + limit * Math.tanh((relit - limit) / limit);
  return mix(compressed, relit, kind.eye);
}
