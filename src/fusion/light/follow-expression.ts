import { gaussianBlur } from "../../imaging/box-blur.ts";
import { convexHull, fillPolygon } from "../../imaging/fill-polygon.ts";
import { createPlane, type Plane } from "../../imaging/plane.ts";
import { clamp, mix, smoothstep } from "../../imaging/scalar.ts";
import { fitSimilarity } from "../../imaging/similarity-transform.ts";
import {
  LEFT_FOLD,
  LEFT_SMILING_CHEEK,
  RIGHT_FOLD,
  RIGHT_SMILING_CHEEK,
  RIGID,
} from "../face-regions.ts";
import { type Mesh, mouthGap, mouthWidth } from "../shape/measure-face.ts";
import { outlineOf } from "../skin/face-zones.ts";
import type { LightFields } from "./light-fields.ts";
import { relitDetail } from "./middle-band.ts";
import { chromaFade } from "./relight-gains.ts";
import type { SkinLineScene } from "./skin-line.ts";

/** Share of the template's shading between nose, cheeks and mouth when one face laughs and the other does not. */
const MOST = 0.65;
/**
 * The same as a factor of it where the user laughs: little, since a laugh is part of the user, but more for folds that are seen from
 * another side: creases drawn around another head's nose fit no calm mouth.
 */
const LAUGHING = { cheeks: 0.05, folds: 0.1, foldsAside: 1.15 } as const;
/** Face lengths in px from which on folds are taken over at all, and wholly: on small faces a grid's cell holds the skin's texture as well. */
const FACE_PX = { from: 50, to: 150 } as const;
/** Softness of the zone's edge over the face scale. */
const SOFTNESS = 0.022;
/** Largest change, log units: what is darker or brighter by more is hair or a hand, not a fold. */
const MAX_CHANGE = { luma: 0.4, chroma: 0.25 } as const;

/**
 * How differently both mouths shape the cheeks, 0..1: by how far they open, over the face scale, and by how wide they are. Two
 * people's mouths at rest differ in width by up to a tenth.
 */
export function smileDifference(user: Mesh, template: Mesh): number {
  const gap = Math.abs(mouthGap(template) - mouthGap(user));
  const width = Math.abs(Math.log(mouthWidth(user) / mouthWidth(template)));
  return Math.max(smoothstep(0.015, 0.05, gap), smoothstep(0.1, 0.25, width));
}

/** Angles between both heads' viewing axes, radians, from which on their folds look another way, and wholly. */
const OTHER_VIEW = { from: 0.3, to: 0.45 } as const;

/** How differently both heads are turned, 0..1. */
export function otherView(user: Mesh, template: Mesh): number {
  const { rotation } = fitSimilarity(user, template, RIGID);
  return smoothstep(OTHER_VIEW.from, OTHER_VIEW.to, Math.acos(clamp(rotation[8]!, -1, 1)));
}

/** One source of the user's skin, and where both faces show nothing but skin beside the mouth, 0..1. */
export interface ExpressionScene extends Omit<SkinLineScene, "mask" | "hidden"> {
  readonly bare: Plane;
  /** How much more the user laughs than the template, 0..1. */
  readonly laughter: number;
  /** How differently both heads are turned, 0..1, see {@link otherView}. */
  readonly aside: number;
}

/**
 * Gives the skin between nose, cheeks and mouth the template's shading by `difference` (0..1, see {@link smileDifference}): a
 * smile's folds go where the template does not smile, and come where it does. The skin's texture stays the user's.
 */
export function followExpression(
  light: LightFields,
  scene: ExpressionScene,
  difference: number,
): LightFields {
  const { grid, bare, colours, constants } = scene;
  const strength =
    MOST * difference * smoothstep(FACE_PX.from, FACE_PX.to, grid.scale * grid.cellPx);
  if (strength === 0) return light;
  const share = foldZone(scene);
  const { template } = grid;
  const weights = weightsOf(share, bare, strength);
  const move = (shift: Plane, limit: number, missingAt: (i: number) => number): Plane => {
    const moved = createPlane(grid.width, grid.height);
    moved.data.set(shift.data);
    for (const i of weights.cells) {
      moved.data[i]! += weights.data[i]! * clamp(missingAt(i), -limit, limit);
    }
    return moved;
  };
  const missingChroma = (given: Plane, own: Plane, base: Plane, shift: Plane) => (i: number) => {
    const kept = constants.skinChromaGain * (1 - chromaFade(light.shiftY.data[i]!));
    const variation = kept * (own.data[i]! - base.data[i]!);
    return given.data[i]! - base.data[i]! - shift.data[i]! - variation;
  };
  return {
    ...light,
    shiftY: move(light.shiftY, MAX_CHANGE.luma, (i) => {
      const [base, shift] = [light.baseY.data[i]!, light.shiftY.data[i]!];
      const detail = colours.y.data[i]! - base;
      const missing = template.y.data[i]! - base - shift;
      // What is added relights the detail once more.
      const first = missing - relitDetail(detail, shift);
      return missing - relitDetail(detail, shift + first);
    }),
    shiftA: move(
      light.shiftA,
      MAX_CHANGE.chroma,
      missingChroma(template.a, colours.a, light.baseA, light.shiftA),
    ),
    shiftB: move(
      light.shiftB,
      MAX_CHANGE.chroma,
      missingChroma(template.b, colours.b, light.baseB, light.shiftB),
    ),
  };
}

/** How much each cell follows, 0..1, and which cells do at all. */
function weightsOf(
  share: Plane,
  bare: Plane,
  strength: number,
): { readonly data: Float64Array; readonly cells: readonly number[] } {
  const data = new Float64Array(share.data.length);
  const cells: number[] = [];
  for (let i = 0; i < data.length; i++) {
    data[i] = strength * share.data[i]! * bare.data[i]!;
    if (data[i] !== 0) cells.push(i);
  }
  return { data, cells };
}

/** Where a smile shapes the skin, by how much of the template's shading is taken there, as a factor. */
function foldZone({ grid, zones, laughter, aside }: ExpressionScene): Plane {
  const zone = createPlane(grid.width, grid.height);
  const draw = (sides: readonly (readonly number[])[], value: number): void => {
    const part = createPlane(grid.width, grid.height);
    for (const points of sides) fillPolygon(part, convexHull(outlineOf(grid.mesh, points)));
    for (let i = 0; i < part.data.length; i++) {
      zone.data[i] = Math.max(zone.data[i]!, value * part.data[i]!);
    }
  };
  draw([LEFT_SMILING_CHEEK, RIGHT_SMILING_CHEEK], mix(1, LAUGHING.cheeks, laughter));
  draw([LEFT_FOLD, RIGHT_FOLD], mix(1, mix(LAUGHING.folds, LAUGHING.foldsAside, aside), laughter));
  const soft = gaussianBlur(zone, SOFTNESS * grid.scale);
  const features = gaussianBlur(zones.noSkin, 0.01 * grid.scale);
  for (let i = 0; i < soft.data.length; i++) soft.data[i]! *= 1 - Math.min(1, features.data[i]!);
  return soft;
}
