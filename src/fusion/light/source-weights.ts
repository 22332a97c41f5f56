import { gaussianBlur } from "../../imaging/box-blur.ts";
import { createPlane, type Plane, valuesUnder } from "../../imaging/plane.ts";
import { clamp, medianDeviation, quantile, smoothstep } from "../../imaging/scalar.ts";
import type { FaceGrid } from "../skin/face-grid.ts";
import { type LightFields, softenWeights } from "./light-fields.ts";

/** How much of each cell comes from the user's photo and from its mirrored half; the rest is the template's skin. */
export interface SourceWeights {
  readonly user: Plane;
  readonly mirrored: Plane;
}

/** One source of the user's skin: what the photo shows, what hides it, and its light. */
export interface SkinSource {
  readonly visibility: Plane;
  readonly hidden: Plane;
  /** Where its colours could be compared with the template's, 0..1. */
  readonly mask: Plane;
  /** Where it may be shown if skin near by could be compared: the same, and the user's own beard, 0..1. */
  readonly support: Plane;
  readonly light: LightFields;
}

/**
 * Chooses per cell between the photo, its mirrored half and the template's own skin: what is seen well, not hidden,
 * not in a deep shadow of the user's photo, and has comparable skin near by.
 */
export function weighSources(
  grid: FaceGrid,
  user: SkinSource,
  mirrored: SkinSource,
): SourceWeights {
  const reference = shadowReference(user);
  const direct = usefulness(grid, user, reference);
  const reflected = usefulness(grid, mirrored, reference);
  const first = createPlane(grid.width, grid.height);
  const second = createPlane(grid.width, grid.height);
  for (let i = 0; i < first.data.length; i++) {
    const a = direct.data[i]!;
    const b = reflected.data[i]!;
    const share = a / Math.max(a + b, 1e-4);
    first.data[i] = smoothstep(0.22, 0.42, share) * clamp(2.2 * a, 0, 1);
    second.data[i] = clamp(2.2 * b, 0, 1) * (1 - first.data[i]!);
  }
  return { user: softenWeights(first, grid), mirrored: softenWeights(second, grid) };
}

function usefulness(
  grid: FaceGrid,
  source: SkinSource,
  reference: { level: number; tolerance: number },
): Plane {
  const support = gaussianBlur(source.support, 0.05 * grid.scale).data;
  const { visibility, hidden } = source;
  const level = source.light.baseY.data;
  const useful = createPlane(grid.width, grid.height);
  for (let i = 0; i < useful.data.length; i++) {
    const seen = visibility.data[i]! * (1 - hidden.data[i]!);
    if (seen === 0) continue;
    const darkness = reference.level - level[i]!;
    const shadow = smoothstep(reference.tolerance, reference.tolerance + 0.35, darkness);
    useful.data[i] = seen * smoothstep(0.01, 0.08, support[i]!) * (1 - 0.85 * shadow);
  }
  return useful;
}

/** The level of the user's lit skin and how far below it skin may lie before it counts as shaded. */
function shadowReference(source: SkinSource): { level: number; tolerance: number } {
  const levels = valuesUnder(source.light.baseY, source.mask, 0.2);
  const level = quantile(levels, 0.6);
  return { level, tolerance: Math.max(0.2, 2 * medianDeviation(levels)) };
}
