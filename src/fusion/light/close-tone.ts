import { gaussianBlur } from "../../imaging/box-blur.ts";
import { createPlane, type Plane } from "../../imaging/plane.ts";
import { clamp, smoothstep } from "../../imaging/scalar.ts";
import type { FaceGrid, GridColours } from "../skin/face-grid.ts";
import type { LightFields } from "./light-fields.ts";
import { relitDetail } from "./middle-band.ts";
import { chromaFade, middleGain, type RelightConstants } from "./relight-gains.ts";

/** Softness of the correction over the face scale: as wide as the field of light itself, so that it takes no shading away. */
const SOFTNESS = 0.13;
/** Distance from the border, over the face scale, from which on the correction begins and is whole: the seam matches already. */
const INSIDE = { from: 0.02, to: 0.12 } as const;
/** Blurred mask from which on a cell's surroundings say enough. */
const ENOUGH_SKIN = 0.05;
/** Largest correction, log units. */
const MAX_CHANGE = 0.2;

/** One source of the user's skin. */
export interface ToneScene {
  readonly grid: FaceGrid;
  readonly colours: GridColours;
  /** Where both faces show bare skin, 0..1. */
  readonly mask: Plane;
  readonly constants: RelightConstants;
}

/**
 * Gives the relit skin the template's local mean of levels. The fields match means of logarithms, below which the mean colour of skin
 * lies the more the harder it is lit; and highlights and colours that were limited are missing from the mean as well.
 */
export function closeTone(light: LightFields, scene: ToneScene): LightFields {
  const { grid, mask } = scene;
  const weight = gaussianBlur(mask, SOFTNESS * grid.scale).data;
  const own = relitLevels(light, scene);
  const given = levelsOf(grid.template, mask);
  const { width, height } = mask;
  const [shiftY, shiftA, shiftB] = [light.shiftY, light.shiftA, light.shiftB].map((plane) => ({
    ...{ width, height, data: plane.data.slice() },
  })) as [Plane, Plane, Plane];
  const soft = (plane: Plane): Float32Array => gaussianBlur(plane, SOFTNESS * grid.scale).data;
  const [ownR, ownG, ownB] = own.map(soft) as [Float32Array, Float32Array, Float32Array];
  const [givenR, givenG, givenB] = given.map(soft) as [Float32Array, Float32Array, Float32Array];
  for (let i = 0; i < weight.length; i++) {
    const inside = smoothstep(INSIDE.from, INSIDE.to, grid.border.data[i]!);
    const share = inside * clamp(weight[i]! / ENOUGH_SKIN, 0, 1);
    if (share === 0) continue;
    const change = (to: number, from: number): number =>
      share * clamp(Math.log(to / from), -MAX_CHANGE, MAX_CHANGE);
    const r = change(givenR[i]!, ownR[i]!);
    const g = change(givenG[i]!, ownG[i]!);
    const b = change(givenB[i]!, ownB[i]!);
    shiftY.data[i]! += 0.3 * r + 0.6 * g + 0.1 * b;
    shiftA.data[i]! += r - g;
    shiftB.data[i]! += b - g;
  }
  return { ...light, shiftY, shiftA, shiftB };
}

/** The user's skin as the composition will relight it, roughly: R, G and B levels (and 6) times the mask. */
function relitLevels(light: LightFields, scene: ToneScene): [Plane, Plane, Plane] {
  const { colours, mask, constants } = scene;
  const relit = [0, 1, 2].map(() => createPlane(mask.width, mask.height));
  const [y, a, b] = relit as [Plane, Plane, Plane];
  for (let i = 0; i < mask.data.length; i++) {
    if (mask.data[i] === 0) continue;
    const shift = light.shiftY.data[i]!;
    const base = light.baseY.data[i]!;
    const detail = limited(relitDetail(colours.y.data[i]! - base, shift), constants.highlightLimit);
    const middle = middleGain(constants, shift) * (colours.y.data[i]! - light.middleY.data[i]!);
    y.data[i] = base + shift + detail + middle;
    const kept = constants.skinChromaGain * constants.colourfulness * (1 - chromaFade(shift));
    const [baseA, baseB] = [light.baseA.data[i]!, light.baseB.data[i]!];
    a.data[i] = baseA + light.shiftA.data[i]! + kept * (colours.a.data[i]! - baseA);
    b.data[i] = baseB + light.shiftB.data[i]! + kept * (colours.b.data[i]! - baseB);
  }
  return levelsOf({ y, a, b }, mask);
}

/** Highlights as the composition limits them. */
function limited(detail: number, limit: number): number {
  return detail <= limit ? detail : limit + limit * Math.tanh((detail - limit) / limit);
}

function levelsOf({ y, a, b }: GridColours, mask: Plane): [Plane, Plane, Plane] {
  const planes = [0, 1, 2].map(() => createPlane(mask.width, mask.height));
  const [red, green, blue] = planes as [Plane, Plane, Plane];
  for (let i = 0; i < mask.data.length; i++) {
    const weight = mask.data[i]!;
    if (weight === 0) continue;
    const g = y.data[i]! - 0.3 * a.data[i]! - 0.1 * b.data[i]!;
    red.data[i] = weight * Math.exp(g + a.data[i]!);
    green.data[i] = weight * Math.exp(g);
    blue.data[i] = weight * Math.exp(g + b.data[i]!);
  }
  return [red, green, blue];
}
