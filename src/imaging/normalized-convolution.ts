import { gaussianBlur } from "./box-blur.ts";
import { createPlane, type Plane } from "./plane.ts";

/** Smooths planes under one mask at several widths at once; the blurred masks are shared by all planes. */
export interface SmoothingCascade {
  /** From the widest to the narrowest, in cells. */
  readonly sigmas: readonly number[];
  /** The plane smoothed at each sigma, in the order of {@link sigmas}. */
  smooth(plane: Plane): Plane[];
}

/** Blurred mask above which a level is trusted wholly; narrow levels need more of the mask near by. */
const FULL_WEIGHT = { wide: 0.05, narrow: 0.12 } as const;

/**
 * Prepares normalised convolution (Knutsson & Westin 1993) under a mask of certainties (0..1). Each level falls back to the
 * next wider one where too little of the mask is near, and the widest to the weighted mean, so that every cell
 * gets a value and masked cells never vote.
 */
export function createSmoothingCascade(mask: Plane, sigmas: readonly number[]): SmoothingCascade {
  const levels = sigmas.map((sigma, n) => {
    const weight = gaussianBlur(mask, sigma);
    const full = n === 0 ? FULL_WEIGHT.wide : FULL_WEIGHT.narrow;
    return { sigma, ...blendFactors(weight, full) };
  });
  return {
    sigmas,
    smooth(plane) {
      const { product, mean } = maskedProduct(plane, mask);
      let wider = createPlane(plane.width, plane.height, mean);
      return levels.map((level) => {
        wider = addLevel(wider, gaussianBlur(product, level.sigma), level);
        return wider;
      });
    },
  };
}

/** How a level is laid over the wider one: result = wider * keep + blurred * gain. */
interface Level {
  readonly keep: Float32Array;
  readonly gain: Float32Array;
}

function blendFactors(weight: Plane, full: number): Level {
  const keep = new Float32Array(weight.data.length);
  const gain = new Float32Array(weight.data.length);
  for (let i = 0; i < keep.length; i++) {
    const w = weight.data[i]!;
    const certainty = w <= 0 ? 0 : w >= full ? 1 : w / full;
    keep[i] = 1 - certainty;
    gain[i] = certainty === 0 ? 0 : certainty / w;
  }
  return { keep, gain };
}

function maskedProduct(plane: Plane, mask: Plane): { product: Plane; mean: number } {
  const product = createPlane(plane.width, plane.height);
  let sum = 0;
  let total = 1e-6;
  for (let i = 0; i < product.data.length; i++) {
    const weighted = plane.data[i]! * mask.data[i]!;
    product.data[i] = weighted;
    sum += weighted;
    total += mask.data[i]!;
  }
  return { product, mean: sum / total };
}

function addLevel(wider: Plane, blurred: Plane, { keep, gain }: Level): Plane {
  const result = createPlane(wider.width, wider.height);
  for (let i = 0; i < result.data.length; i++) {
    result.data[i] = wider.data[i]! * keep[i]! + blurred.data[i]! * gain[i]!;
  }
  return result;
}
