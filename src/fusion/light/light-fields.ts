import { gaussianBlur } from "../../imaging/box-blur.ts";
import {
  createSmoothingKernel,
  type SmoothingKernel,
  smoothUnderMask,
} from "../../imaging/normalized-convolution.ts";
import { type Plane, planeFrom } from "../../imaging/plane.ts";
import { clamp, mix, quantile, smoothstep } from "../../imaging/scalar.ts";
import type { FaceGrid, GridColours } from "../skin/face-grid.ts";

/** Smooth fields that carry one picture of the user's face into the template's light, on the grid. */
export interface LightFields {
  /** What to add to Y, A and B. */
  readonly shiftY: Plane;
  readonly shiftA: Plane;
  readonly shiftB: Plane;
  /** The user's own smooth Y, A and B under the same mask: what counts as light, not as detail. */
  readonly baseY: Plane;
  readonly baseA: Plane;
  readonly baseB: Plane;
  /** Y smoothed at a small scale (0.05 S), to tell fine detail from folds. */
  readonly middleY: Plane;
}

/** Smoothing radii over the face scale S. Towards the border they get finer, so that the seam matches exactly. */
const LUMA_SIGMA = 0.13;
const CHROMA_SIGMA = 0.08;
const COLOURED_LIGHT_SIGMA = 0.04;
const BORDER_SIGMA = 0.022;

/**
 * Estimates the fields from cells where both faces show bare skin (`mask`, 0..1). Colour differences are additions in
 * log-opponent space, so light, skin tone and white balance are matched in one go, without a solver: masked cells
 * never vote, and near the border the correction becomes exact.
 */
export function matchLight(
  grid: FaceGrid,
  colours: GridColours,
  mask: Plane,
  midBandLimit: number,
): LightFields {
  const chromaSigma = mix(
    CHROMA_SIGMA,
    COLOURED_LIGHT_SIGMA,
    smoothstep(0.05, 0.12, Math.max(spread(colours.a, mask), spread(colours.b, mask))),
  );
  const luma = createBorderSmoother(grid, mask, LUMA_SIGMA);
  const chroma = createBorderSmoother(grid, mask, chromaSigma);
  const difference = (from: Plane, to: Plane, limit: number): Plane =>
    planeFrom(grid.width, grid.height, (i) => clamp(to.data[i]! - from.data[i]!, -limit, limit));
  const { template } = grid;
  const shiftY = luma.smooth(difference(colours.y, template.y, 2.5));
  const baseY = luma.smooth(colours.y);
  const templateY = chroma.smooth(template.y);
  // The chroma fields follow the template more closely than the luma field: where its skin lies in a small shade that
  // the fused face will not have, the deeper colour of that shade must not stay behind alone.
  const brightening = planeFrom(
    grid.width,
    grid.height,
    (i) => baseY.data[i]! + shiftY.data[i]! - templateY.data[i]!,
  );
  const chromaShift = (from: Plane, to: Plane): Plane => {
    const smooth = chroma.smooth(difference(from, to, 2));
    const slope = clamp(slopeUnder(mask, template.y, to), -0.6, 0.6);
    return planeFrom(
      grid.width,
      grid.height,
      (i) => smooth.data[i]! + slope * brightening.data[i]!,
    );
  };
  const limited = limitMidBand(grid, { colours, mask, luma, midBandLimit });
  return {
    shiftY: planeFrom(grid.width, grid.height, (i) => shiftY.data[i]! + limited.data[i]!),
    shiftA: chromaShift(colours.a, template.a),
    shiftB: chromaShift(colours.b, template.b),
    baseY,
    baseA: chroma.smooth(colours.a),
    baseB: chroma.smooth(colours.b),
    middleY: smoothUnderMask(colours.y, createSmoothingKernel(mask, 0.05 * grid.scale)),
  };
}

interface BorderSmoother {
  readonly wide: SmoothingKernel;
  readonly fine: SmoothingKernel;
  smooth(plane: Plane): Plane;
}

/** Normalised convolution that narrows from `sigma` inside to {@link BORDER_SIGMA} at the face's border. */
function createBorderSmoother(grid: FaceGrid, mask: Plane, sigma: number): BorderSmoother {
  const wide = createSmoothingKernel(mask, sigma * grid.scale);
  const half = createSmoothingKernel(mask, (sigma / 2) * grid.scale);
  const fine = createSmoothingKernel(mask, BORDER_SIGMA * grid.scale);
  return {
    wide,
    fine,
    smooth(plane) {
      const [inner, middle, outer] = [wide, half, fine].map((k) => smoothUnderMask(plane, k));
      return planeFrom(grid.width, grid.height, (i) => {
        const distance = grid.border.data[i]!;
        const near = mix(inner!.data[i]!, middle!.data[i]!, 1 - smoothstep(0.03, 0.22, distance));
        return mix(near, outer!.data[i]!, 1 - smoothstep(0, 0.09, distance));
      });
    },
  };
}

interface MidBandScene {
  readonly colours: GridColours;
  readonly mask: Plane;
  readonly luma: BorderSmoother;
  readonly midBandLimit: number;
}

/**
 * Returns what to add to Y so that the user's shading of middle scale (cast shadows, hot spots) stays within what the
 * template's own face shows: its typical strength anywhere, and its actual strength where both shade alike
 * (deep-set eyes in deep-set eyes).
 */
function limitMidBand(grid: FaceGrid, scene: MidBandScene): Plane {
  const { mask, luma } = scene;
  const band = (plane: Plane): Plane => {
    const fine = smoothUnderMask(plane, luma.fine);
    const wide = smoothUnderMask(plane, luma.wide);
    return planeFrom(grid.width, grid.height, (i) => fine.data[i]! - wide.data[i]!);
  };
  const given = band(grid.template.y);
  const typical = quantile(
    Array.from(given.data, Math.abs).filter((_, i) => mask.data[i]! > 0.3),
    0.5,
  );
  const limit = clamp(2 * typical, Math.min(0.06, scene.midBandLimit), scene.midBandLimit);
  const own = band(scene.colours.y);
  return planeFrom(grid.width, grid.height, (i) => {
    const value = own.data[i]!;
    const alike = given.data[i]! * value > 0 ? Math.abs(given.data[i]!) / 0.6 : 0;
    return compress(value, Math.max(limit, alike)) - value;
  });
}

/** Linear up to 0.6 of the limit, then bending towards it. */
function compress(value: number, limit: number): number {
  const linear = 0.6 * limit;
  const excess = Math.abs(value) - linear;
  if (excess <= 0) return value;
  return Math.sign(value) * (linear + 0.4 * limit * Math.tanh(excess / (0.4 * limit)));
}

/** Slope of the weighted regression line of `to` on `from`. */
function slopeUnder(mask: Plane, from: Plane, to: Plane): number {
  let [sx, sy, sxx, sxy, total] = [0, 0, 0, 0, 1e-6];
  for (let i = 0; i < mask.data.length; i++) {
    const w = mask.data[i]!;
    const x = from.data[i]!;
    sx += w * x;
    sy += w * to.data[i]!;
    sxx += w * x * x;
    sxy += w * x * to.data[i]!;
    total += w;
  }
  const variance = sxx / total - (sx / total) ** 2;
  return variance < 1e-5 ? 0 : (sxy / total - (sx * sy) / total ** 2) / variance;
}

/** Standard deviation of a plane under a mask. */
export function spread(plane: Plane, mask: Plane): number {
  let sum = 0;
  let squares = 0;
  let total = 1e-6;
  for (let i = 0; i < plane.data.length; i++) {
    const w = mask.data[i]!;
    sum += w * plane.data[i]!;
    squares += w * plane.data[i]! ** 2;
    total += w;
  }
  return Math.sqrt(Math.max(0, squares / total - (sum / total) ** 2));
}

/** Blurs a plane of weights a little so that sources change over without an edge. */
export function softenWeights(plane: Plane, grid: FaceGrid): Plane {
  return gaussianBlur(plane, 0.02 * grid.scale);
}
