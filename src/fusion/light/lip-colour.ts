import { gaussianBlur } from "../../imaging/box-blur.ts";
import { createPlane, type Plane, subtractPlanes } from "../../imaging/plane.ts";
import { clamp } from "../../imaging/scalar.ts";
import type { FaceGrid, GridColours } from "../skin/face-grid.ts";
import type { FaceZones } from "../skin/face-zones.ts";
import type { LightFields } from "./light-fields.ts";

/** Of the smaller redness of both pairs of lips, how much the fused lips have at least. */
const KEPT_REDNESS = 0.9;
/** How far B may lie above the skin's for each unit of A: between strawberry and wine, short of blue and purple. */
const BLUENESS = 0.45;
/** Limit of the correction, log units. */
const MAX_CHANGE = 0.35;

/** Colours of one source of the user's skin, and where they can be seen. */
export interface LipScene {
  readonly grid: FaceGrid;
  readonly zones: FaceZones;
  readonly colours: GridColours;
}

/**
 * Keeps the user's lips red where the change of light and tone would turn them grey or blue: lips have little of the
 * pigment that makes skin yellow, so they must not lose as much of it as the skin does. Neither pair of lips'
 * redness is exceeded; a black-and-white or blue-lit template has no red lips and changes nothing.
 */
export function keepLipsRed(light: LightFields, scene: LipScene): LightFields {
  const { grid, zones, colours } = scene;
  const mean = (plane: Plane, shift?: Plane): number => meanOver(zones.lips, grid, plane, shift);
  const a = mean(colours.a, light.shiftA);
  const redness = KEPT_REDNESS * Math.min(mean(colours.a), mean(grid.template.a));
  const changeA = clamp(redness - a, 0, MAX_CHANGE);
  const skinA = mean(light.baseA, light.shiftA);
  const bluest = Math.max(mean(light.baseB, light.shiftB), mean(grid.template.b));
  const onLips = (plane: Plane): Plane => gaussianBlur(plane, 0.008 * grid.scale);
  const lips = onLips(zones.lips).data;
  const tooBlue = createPlane(grid.width, grid.height);
  for (let i = 0; i < tooBlue.data.length; i++) {
    if (zones.lips.data[i] === 0) continue;
    const redder = Math.max(0, colours.a.data[i]! + light.shiftA.data[i]! + changeA - skinA);
    const blue = colours.b.data[i]! + light.shiftB.data[i]!;
    tooBlue.data[i] = clamp(blue - bluest - BLUENESS * redder, 0, MAX_CHANGE);
  }
  const shiftA = createPlane(grid.width, grid.height);
  for (let i = 0; i < lips.length; i++) {
    shiftA.data[i] = light.shiftA.data[i]! + changeA * lips[i]!;
  }
  return { ...light, shiftA, shiftB: subtractPlanes(light.shiftB, onLips(tooBlue)) };
}

/** Mean of a plane, or of the sum of two, over a zone's wholly covered cells. */
function meanOver(zone: Plane, grid: FaceGrid, plane: Plane, added?: Plane): number {
  let [sum, total] = [0, 1e-6];
  for (let i = 0; i < zone.data.length; i++) {
    if (zone.data[i] === 0 || grid.covered.data[i]! < 0.99) continue;
    sum += plane.data[i]! + (added ? added.data[i]! : 0);
    total++;
  }
  return sum / total;
}
