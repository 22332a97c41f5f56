import { createPlane, type Plane, subtractPlanes } from "../../imaging/plane.ts";
import { clamp, mix } from "../../imaging/scalar.ts";
import type { FaceGrid, GridColours } from "../skin/face-grid.ts";
import type { FaceZones } from "../skin/face-zones.ts";
import type { LightFields } from "./light-fields.ts";
import { relitDetail } from "./middle-band.ts";
import { chromaFade, type RelightConstants } from "./relight-gains.ts";

/** How much A and B of one face's skin change with its Y. */
interface SkinLine {
  readonly a: number;
  readonly b: number;
}

/**
 * Usual slopes of skin: darker skin is redder and yellower, since light that comes back out of it has gone a longer way
 * through blood and melanin. Medians over 40 photos; single ones lie between -0.1 and -0.6, 0 and 0.5.
 */
const USUAL: SkinLine = { a: -0.3, b: 0.18 };
/** Variance of Y (log units squared) at which a face's own slope counts as much as the usual one. */
const PRIOR_VARIANCE = 0.003;
/** Detail deeper than this (log units) gets no more colour: it is hair or a gap, not a fold. */
const DEEPEST = 0.35;
/** Most that a shade's colour is changed, log units. */
const MAX_CHANGE = 0.11;
/** How much of the shading that is taken back (see {@link LightFields.relief}) is missing from a shade. */
const RELIEF_SHARE = 0.6;
/** Share on brows and around the eyes. */
const FEATURE_SHARE = 0.25;

/** What the correction needs to know of one source of the user's skin. */
export interface SkinLineScene {
  readonly grid: FaceGrid;
  readonly zones: FaceZones;
  /** Where both faces show bare skin, 0..1. */
  readonly mask: Plane;
  /** What hides the user's skin, 0..1. */
  readonly hidden: Plane;
  readonly colours: GridColours;
  readonly constants: RelightConstants;
}

/**
 * Gives the user's folds and shades the colour that the template's skin has where it is darker. Their own colour is lost
 * when dark skin is brightened and too weak where the template is lit brightly: they would look grey.
 */
export function followSkinLine(light: LightFields, scene: SkinLineScene): LightFields {
  const { grid, zones, mask, hidden, colours, constants } = scene;
  const { template } = grid;
  const given = lineOf(mask, template.y, template);
  const detail = subtractPlanes(colours.y, light.baseY);
  const own = lineOf(mask, detail, {
    a: subtractPlanes(colours.a, light.baseA),
    b: subtractPlanes(colours.b, light.baseB),
  });
  const shiftA = createPlane(grid.width, grid.height);
  const shiftB = createPlane(grid.width, grid.height);
  for (let i = 0; i < shiftA.data.length; i++) {
    const shiftY = light.shiftY.data[i]!;
    const kept = constants.skinChromaGain * (1 - chromaFade(shiftY));
    const shade = relitShade(detail.data[i]!, shiftY, light.relief.data[i]!);
    const isSkin = zones.eyeballs.data[i] === 0 && zones.lips.data[i] === 0;
    const bare = isSkin ? constants.colourfulness * (1 - hidden.data[i]!) : 0;
    const share = bare * mix(1, FEATURE_SHARE, zones.features.data[i]!);
    const slopeA = clamp(given.a - kept * own.a, -0.5, 0);
    const slopeB = clamp(given.b - kept * own.b, 0, 0.5);
    const changeA = share * clamp(slopeA * shade, -MAX_CHANGE, MAX_CHANGE);
    const changeB = share * clamp(slopeB * shade, -MAX_CHANGE, MAX_CHANGE);
    shiftA.data[i] = light.shiftA.data[i]! + changeA;
    shiftB.data[i] = light.shiftB.data[i]! + changeB;
  }
  return { ...light, shiftA, shiftB };
}

/** Shades as the composition will relight them, limited for their colour; 0 for bright detail. */
function relitShade(detail: number, shiftY: number, relief: number): number {
  if (detail >= 0) return 0;
  return clamp(relitDetail(detail, shiftY - relief) + RELIEF_SHARE * relief, -DEEPEST, 0);
}

/** Slopes of the weighted regression of A and B on Y, drawn towards the usual ones where Y hardly varies. */
function lineOf(mask: Plane, y: Plane, chroma: { readonly a: Plane; readonly b: Plane }): SkinLine {
  let total = 1e-6;
  let [sy, syy, sa] = [0, 0, 0];
  let [sb, sya, syb] = [0, 0, 0];
  for (let i = 0; i < mask.data.length; i++) {
    const w = mask.data[i]!;
    if (w === 0) continue;
    const vy = y.data[i]!;
    const va = chroma.a.data[i]!;
    const vb = chroma.b.data[i]!;
    total += w;
    sy += w * vy;
    syy += w * vy * vy;
    sa += w * va;
    sb += w * vb;
    sya += w * vy * va;
    syb += w * vy * vb;
  }
  // Constants: what a closure shares with the loop would be kept in the heap.
  const [weight, mean] = [total, sy / total];
  const variance = Math.max(0, syy / weight - mean ** 2);
  const slope = (sum: number, product: number, usual: number): number =>
    (product / weight - (sum / weight) * mean + PRIOR_VARIANCE * usual) /
    (variance + PRIOR_VARIANCE);
  return { a: slope(sa, sya, USUAL.a), b: slope(sb, syb, USUAL.b) };
}
