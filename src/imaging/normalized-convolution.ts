import { gaussianBlur } from "./box-blur.ts";
import { createPlane, type Plane } from "./plane.ts";
import { clamp } from "./scalar.ts";

/** The blurred weights of one mask, shared by all planes smoothed under it. */
export interface SmoothingKernel {
  readonly mask: Plane;
  readonly levels: readonly {
    readonly sigma: number;
    readonly weight: Plane;
    readonly full: number;
  }[];
}

/**
 * Prepares normalised convolution under a mask of certainties (0..1): at `sigma`, falling back to 2.2 and
 * 5 times wider windows where too little of the mask is near (Knutsson & Westin 1993).
 */
export function createSmoothingKernel(mask: Plane, sigma: number): SmoothingKernel {
  const levels = [5 * sigma, 2.2 * sigma, sigma].map((s, i) => ({
    sigma: s,
    weight: gaussianBlur(mask, s),
    full: i === 2 ? 0.12 : 0.05,
  }));
  return { mask, levels };
}

/** Smooths a plane under a prepared mask; cells far from any certain one get the weighted mean. */
export function smoothUnderMask(plane: Plane, kernel: SmoothingKernel): Plane {
  const { mask } = kernel;
  const product = createPlane(plane.width, plane.height);
  let sum = 0;
  let total = 1e-6;
  for (let i = 0; i < product.data.length; i++) {
    const weighted = plane.data[i]! * mask.data[i]!;
    product.data[i] = weighted;
    sum += weighted;
    total += mask.data[i]!;
  }
  const result = createPlane(plane.width, plane.height, sum / total);
  for (const level of kernel.levels) {
    const blurred = gaussianBlur(product, level.sigma);
    for (let i = 0; i < result.data.length; i++) {
      const weight = level.weight.data[i]!;
      const certainty = clamp(weight / level.full, 0, 1);
      if (certainty === 0) continue;
      result.data[i]! += certainty * (blurred.data[i]! / weight - result.data[i]!);
    }
  }
  return result;
}
