import { createPlane, type Plane, valuesUnder } from "../../imaging/plane.ts";
import { clamp, mix, quantile, smoothstep } from "../../imaging/scalar.ts";

/**
 * A face that gets brighter by these (log units) follows the template's light more closely: dark skin shows its shape by shine and
 * deep shades, which are no shape but patches on pale skin.
 */
export const MUCH_BRIGHTER = { from: 0.15, to: 0.5 } as const;
/** How much of the limits of the user's own shading such a face loses: of lights, of shades, and where both faces shade alike. */
const BRIGHTENED = { lights: 0.35, shades: 0.2, alike: 0.5 } as const;
/**
 * Most that the user's lights are strengthened where the template is lit harder, how far they follow the ratio of both, and how much of
 * that shades get: those are folds as well.
 */
const HARDER_LIGHT = { most: 1.8, power: 0.7, onShades: 0.3 } as const;
/**
 * Broad shading of the template beyond `from` log units, wholly from `to` on, is its light rather than its shape: shine, and the shades
 * of one lamp. The share of it that the fused face gets. More of it looks still more like the template's light, and like the template.
 */
const LIGHTS = { from: 0.06, to: 0.22, share: 0.3 } as const;
const SHADES = { from: 0.12, to: 0.3, share: 0.1 } as const;

/** Shading of middle scale: smooth Y over the smoother Y that light is matched at. */
interface MiddleBand {
  /** The user's own and the template's, at the finest level. */
  readonly own: Plane;
  readonly given: Plane;
  /** The template's at a broader level, which shows light more than shape. */
  readonly givenBroad: Plane;
  /** The smooth shift that the composition relights detail by. */
  readonly shiftY: Plane;
  /** Bare skin of both faces, 0..1. */
  readonly mask: Plane;
}

/**
 * Returns what to add to Y so that the shading of middle scale is as the template's light makes it. The user's own (cast shadows,
 * hot spots) stays within what the template's face shows: its typical strength anywhere (`highest` log units at most), and its actual
 * strength where both shade alike (deep-set eyes in deep-set eyes). Under harder light it gets stronger, and of the
 * template's strong lights and shades the fused face gets a part of what it lacks.
 */
export function matchMiddleBand(band: MiddleBand, highest: number): Plane {
  const { own, given, givenBroad, shiftY, mask } = band;
  const typical = quantile(valuesUnder(given, mask, 0.3).map(Math.abs), 0.5);
  const limit = clamp(2 * typical, Math.min(0.06, highest), highest);
  const ratio = strengthUnder(mask, given) / Math.max(strengthUnder(mask, own), 1e-3);
  const onLights = clamp(ratio ** HARDER_LIGHT.power, 1, HARDER_LIGHT.most);
  const onShades = mix(1, onLights, HARDER_LIGHT.onShades);
  const correction = createPlane(own.width, own.height);
  for (let i = 0; i < correction.data.length; i++) {
    const wanted = given.data[i]!;
    const value = relitDetail(own.data[i]!, shiftY.data[i]!);
    const alike = wanted * value > 0 ? Math.abs(wanted) / 0.6 : 0;
    const gain = value > 0 ? onLights : onShades;
    const lost = smoothstep(MUCH_BRIGHTER.from, MUCH_BRIGHTER.to, shiftY.data[i]!);
    const narrow = gain * limit * (1 - lost * (value > 0 ? BRIGHTENED.lights : BRIGHTENED.shades));
    const wide = alike * (1 - lost * BRIGHTENED.alike);
    const kept = compress(gain * value, Math.max(narrow, wide));
    correction.data[i] = kept + followed(givenBroad.data[i]!, kept) - value;
  }
  return correction;
}

/** What of the template's shading is added to the user's own. */
function followed(given: number, kept: number): number {
  const missing = given - kept;
  if (missing * given <= 0) return 0;
  const { from, to, share } = given > 0 ? LIGHTS : SHADES;
  return share * smoothstep(from, to, Math.abs(given)) * missing;
}

/** Root mean square of a plane under a mask. */
function strengthUnder(mask: Plane, plane: Plane): number {
  let [squares, total] = [0, 1e-6];
  for (let i = 0; i < plane.data.length; i++) {
    squares += mask.data[i]! * plane.data[i]! ** 2;
    total += mask.data[i]!;
  }
  return Math.sqrt(squares / total);
}

/** Detail after brightening, roughly as relight-row.ts relights it: neither highlights nor shades grow by the full factor. */
export function relitDetail(detail: number, shiftY: number): number {
  const brightening = 1 - Math.exp(-Math.max(0, shiftY));
  return detail * (1 - (detail > 0 ? 1 : 0.65) * brightening);
}

/** Linear up to 0.6 of the limit, then bending towards it. */
function compress(value: number, limit: number): number {
  const linear = 0.6 * limit;
  const excess = Math.abs(value) - linear;
  if (excess <= 0) return value;
  return Math.sign(value) * (linear + 0.4 * limit * Math.tanh(excess / (0.4 * limit)));
}
