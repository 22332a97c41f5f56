import { gaussianBlur } from "../../imaging/box-blur.ts";
import { dilate, flood } from "../../imaging/morphology.ts";
import { createPlane, type Plane, planeFrom } from "../../imaging/plane.ts";
import type { FaceGrid } from "./face-grid.ts";
import type { FaceZones } from "./face-zones.ts";
import type { SkinModel } from "./skin-model.ts";

/** How far around (over the face scale) a thing's colour is averaged. */
const REACH = 0.05;
/** Spread of a thing's own Y, A and B (log units): microphones shine. */
const SPREAD = { y: 0.45, a: 0.07, b: 0.08 } as const;
/** Squared distance from the thing's colour up to which a cell belongs to it. */
const SAME_THING = 3;

/**
 * Follows what hides the skin beside lips and nostrils (`hidden`, 0 or 1: a microphone, a cup) into them, where nothing may
 * begin, since lips have no colour of skin either: cells with the colour of the thing near by. Returns 0 or 1 per cell.
 */
export function reachIntoMouth(
  grid: FaceGrid,
  zones: FaceZones,
  skin: SkinModel,
  hidden: Plane,
): Plane {
  const { width, height } = grid;
  const isMouth = (i: number): boolean =>
    zones.exempt.data[i]! > 0 && zones.eyesAndBrows.data[i] === 0 && grid.covered.data[i]! > 0.5;
  let reached = hidden;
  const inMouth = (): Plane =>
    planeFrom(width, height, (i) => (reached.data[i]! > 0 && isMouth(i) ? 1 : 0));
  let [cells, more] = [-1, cellsIn(inMouth())];
  // The thing's colour is known near its known part only: it is followed in a few steps.
  for (let step = 0; step < 4 && more > cells; step++) {
    cells = more;
    const distance = distanceFromThing(grid, reached, skin);
    const before = reached;
    reached = flood(
      grid,
      (i) => before.data[i]! > 0,
      (i) => isMouth(i) && distance(i) < SAME_THING,
    );
    more = cellsIn(inMouth());
  }
  return more === 0 ? createPlane(width, height) : dilate(inMouth(), 0.012 * grid.scale);
}

/** Squared, scaled distance of a cell's colour from the mean colour of the thing's foreign cells around it. */
function distanceFromThing(
  grid: FaceGrid,
  thing: Plane,
  { foreignness }: SkinModel,
): (cell: number) => number {
  const { width, height, template } = grid;
  const own = planeFrom(width, height, (i) =>
    thing.data[i]! > 0 && foreignness.data[i]! > 0.5 ? 1 : 0,
  );
  const sigma = REACH * grid.scale;
  const support = gaussianBlur(own, sigma).data;
  const channels = (["y", "a", "b"] as const).map((name) => {
    const { data } = template[name];
    const masked = planeFrom(width, height, (i) => own.data[i]! * data[i]!);
    return { data, mean: gaussianBlur(masked, sigma).data, spread: SPREAD[name] };
  });
  return (i) => {
    if (support[i]! < 0.02) return Number.POSITIVE_INFINITY;
    let sum = 0;
    for (const { data, mean, spread } of channels) {
      sum += ((data[i]! - mean[i]! / support[i]!) / spread) ** 2;
    }
    return sum;
  };
}

function cellsIn(mask: Plane): number {
  return mask.data.reduce((sum, v) => sum + v, 0);
}
