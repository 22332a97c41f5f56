import { dilate, flood } from "../../imaging/morphology.ts";
import { type Plane, planeFrom, valuesUnder } from "../../imaging/plane.ts";
import { clamp, quantile, smoothstep } from "../../imaging/scalar.ts";
import { POINT } from "../face-regions.ts";
import type { FaceGrid, GridColours } from "./face-grid.ts";
import type { FaceZones } from "./face-zones.ts";
import { heightBelow, meanOver, spreadOver } from "./zone-measures.ts";

/** Spread of Y below which nothing of a mouth is to be seen: lips, even closed and pale, have a dark line between them. */
const FLAT_MOUTH = 0.09;
/** The same as a share of the spread around eyes and brows, for blurred or hazy pictures. */
const FLAT_SHARE = 0.22;

/** Redness and blueness (log units) within which a cell of the lips has the colour of what is around the mouth. */
const SAME_COLOUR = { a: 0.045, b: 0.06 } as const;
/** Share of the lips with that colour from which on no lips are to be seen, and the one that only the preset for occlusions trusts. */
const PLAIN_SHARE = { sure: 0.72, likely: 0.65 } as const;
/** Redness of the forehead below which a picture has too little colour for this. */
const COLOURLESS = 0.025;
/** Spread of redness around the eyes that a picture in one tint does not have. */
const ONE_TINT = 0.03;

/**
 * True when something (a mask, a hand, a cup) covers the template's mouth: nothing of a dark line between lips, or nothing
 * of their red. Of 130 free mouths that were measured, those of faces over 90 px had the colour around them on 40 % at most, smaller ones on
 * 55 %; covered ones on 73 % and more. `isBold` takes less for enough.
 */
export function isMouthCovered(grid: FaceGrid, zones: FaceZones, isBold: boolean): boolean {
  return (
    isMouthFlat(grid, zones) || plainShare(grid, zones) > PLAIN_SHARE[isBold ? "likely" : "sure"]
  );
}

function isMouthFlat(grid: FaceGrid, zones: FaceZones): boolean {
  const { y } = grid.template;
  const limit = Math.min(FLAT_MOUTH, FLAT_SHARE * spreadOver(grid, y, zones.features, zones.lips));
  return spreadOver(grid, y, zones.lips) < limit;
}

/** Share of the lips' cells that have the colour of the ring around the mouth; 0 in pictures without colour. */
function plainShare(grid: FaceGrid, zones: FaceZones): number {
  const { a, b } = grid.template;
  if (meanOver(grid, a, foreheadOf(grid, zones)) < COLOURLESS) return 0;
  if (spreadOver(grid, a, zones.features, zones.lips) < ONE_TINT) return 0;
  const near = dilate(zones.lips, 0.02 * grid.scale).data;
  const ring = dilate(zones.lips, 0.075 * grid.scale);
  for (let i = 0; i < near.length; i++) if (near[i]! > 0) ring.data[i] = 0;
  const [redness, blueness] = [a, b].map((plane) => quantile(valuesUnder(plane, ring, 0), 0.5));
  let [plain, total] = [0, 1e-6];
  for (let i = 0; i < near.length; i++) {
    if (zones.lips.data[i] === 0 || grid.covered.data[i]! < 0.99) continue;
    total++;
    const isRed = Math.abs(a.data[i]! - redness!) > SAME_COLOUR.a;
    if (!isRed && Math.abs(b.data[i]! - blueness!) < SAME_COLOUR.b) plain++;
  }
  return plain / total;
}

/** The sure skin above the brows' middle. */
function foreheadOf(grid: FaceGrid, zones: FaceZones): Plane {
  const above = heightBelow(grid, 9);
  return planeFrom(grid.width, grid.height, (i) =>
    zones.sureSkin.data[i]! > 0 && above(i) < 0 ? 1 : 0,
  );
}

/**
 * Marks what covers a mouth as hidden: everything below the tip of the nose, and above it what belongs to that and has not
 * the forehead's colour (a mask over nose and cheeks).
 */
export function coverBelowNose(grid: FaceGrid, zones: FaceZones, map: Plane): void {
  const below = heightBelow(grid, POINT.noseTip);
  const distance = distanceFromForehead(grid, zones, grid.template);
  const isCloth = isUnlikeSkin(grid, zones, distance);
  const isOpen = (i: number): boolean =>
    isCloth &&
    grid.covered.data[i]! > 0.5 &&
    zones.eyesAndBrows.data[i] === 0 &&
    distance(i) > OTHER_COLOUR;
  const above = flood(grid, (i) => isOpen(i) && below(i) > 0, isOpen);
  const grown = dilate(above, 0.012 * grid.scale).data;
  for (let i = 0; i < map.data.length; i++) {
    map.data[i] = Math.max(map.data[i]!, smoothstep(-0.06, 0.04, below(i)), grown[i]!);
  }
}

/** How much less red (log units) than the forehead cloth is at least; hands are redder. */
const LESS_RED = 0.05;

/** True of cloth over the mouth. A hand has the colour of the face: what differs above it is light and shadow. */
function isUnlikeSkin(
  grid: FaceGrid,
  zones: FaceZones,
  distance: (cell: number) => number,
): boolean {
  const { a } = grid.template;
  const redness = meanOver(grid, a, zones.lips) - meanOver(grid, a, foreheadOf(grid, zones));
  const distances = planeFrom(grid.width, grid.height, distance);
  return redness < -LESS_RED || meanOver(grid, distances, zones.lips) > OTHER_COLOUR;
}

/** Squared distance from the forehead's colour above which a cell belongs to the mask. */
const OTHER_COLOUR = 3;

/**
 * Squared, scaled distance of cells from the forehead's mean colour; cheeks are redder and yellower than it, cloth is not.
 * Brightness does not count: noses and cheeks have shadows.
 */
function distanceFromForehead(
  grid: FaceGrid,
  zones: FaceZones,
  { a, b }: GridColours,
): (cell: number) => number {
  const forehead = foreheadOf(grid, zones);
  const redness = meanOver(grid, a, forehead);
  const blueness = meanOver(grid, b, forehead);
  // Pale skin differs less from grey.
  const paler = clamp(0.4 * redness, 0.035, 0.09);
  return (i) => {
    const [da, db] = [a.data[i]! - redness, b.data[i]! - blueness];
    return (da / (da < 0 ? paler : 0.12)) ** 2 + (db / (db > 0 ? 0.08 : 0.15)) ** 2;
  };
}
