import { gaussianBlur } from "../../imaging/box-blur.ts";
import { dilate, flood, open } from "../../imaging/morphology.ts";
import { createPlane, type Plane, planeFrom } from "../../imaging/plane.ts";
import { coverBelowNose, isMouthCovered } from "./covered-mouth.ts";
import type { FaceGrid, GridColours } from "./face-grid.ts";
import type { FaceZones } from "./face-zones.ts";
import { findGlasses } from "./find-glasses.ts";
import { findHair } from "./find-hair.ts";
import { reachIntoMouth } from "./reach-into-mouth.ts";
import { fitSkinModel, type SkinModel } from "./skin-model.ts";
import { meanOver } from "./zone-measures.ts";

/** What hides the skin on both sides, on the grid; 0 = bare skin, 1 = hidden. */
export interface Occluders {
  /** Cells of the user's photo that show hair, glasses, shadows or background: not to be pasted. */
  readonly user: Plane;
  /** The same in the mirrored half. */
  readonly mirrored: Plane;
  /** Cells where the template's hair, glasses, hat or hand stay in front. */
  readonly template: Plane;
  readonly isUserBearded: boolean;
  readonly isTemplateBearded: boolean;
  /** The template's skin model, for judging single pixels later; undefined when it could not be fitted. */
  readonly templateSkin: SkinModel | undefined;
}

/**
 * How much darker (log units of Y) than the rest of the skin chin and moustache zone of a beard are: by the first where they are not
 * redder (log units of A), by the second whatever their colour. Shade makes skin redder, hair does not.
 */
const BEARD_DARKNESS = { neutral: 0.42, any: 0.56 } as const;
const SHADE_REDNESS = 0.05;
/** Above this share of the face a map explains nothing and is dropped. */
const MAX_MAP_SHARE = 0.6;

/**
 * Finds what hides the skin in the user's photo, in its mirrored half and in the template. Over a mouth that a
 * mask or a hand covers everything below the nose is kept; with `keepCoveredMouth` in doubt, too.
 */
export function findOccluders(
  grid: FaceGrid,
  zones: FaceZones,
  keepCoveredMouth: boolean,
): Occluders {
  const user = userOccluders(grid, zones, { colours: grid.user, texture: grid.userTexture });
  const mirrored = userOccluders(grid, zones, {
    colours: grid.mirrored,
    texture: grid.mirroredTexture,
  });
  const templateSkin = fitSkinModel(grid, zones, grid.template, "template");
  const isTemplateBearded = isBearded(grid, zones, grid.template);
  const template = templateOccluders(grid, zones, templateSkin, isTemplateBearded);
  if (isMouthCovered(grid, zones, keepCoveredMouth)) coverBelowNose(grid, zones, template);
  return {
    user: user.map,
    mirrored: mirrored.map,
    template,
    isUserBearded: user.isBearded,
    isTemplateBearded,
    templateSkin,
  };
}

function userOccluders(
  grid: FaceGrid,
  zones: FaceZones,
  { colours, texture }: { readonly colours: GridColours; readonly texture: Plane },
): { map: Plane; isBearded: boolean } {
  const skin = fitSkinModel(grid, zones, colours, "user");
  const bearded = isBearded(grid, zones, colours);
  const hair = findHair(grid, zones, texture, bearded).data;
  const rims = findGlasses(grid, zones, colours.y);
  const worn = rims && dilate(rims, 0.03 * grid.scale);
  if (worn) for (let i = 0; i < hair.length; i++) hair[i] = Math.max(hair[i]!, worn.data[i]!);
  if (!skin) return { map: usableMap(grid, { ...texture, data: hair }), isBearded: bearded };
  const outside = fromOutside(grid, zones, skin, bearded);
  const inside = insideOutliers(grid, zones, skin, bearded);
  const map = createPlane(grid.width, grid.height);
  for (let i = 0; i < hair.length; i++) {
    map.data[i] = Math.max(outside.data[i]!, inside.data[i]!, hair[i]!);
  }
  return { map: usableMap(grid, map), isBearded: bearded };
}

function templateOccluders(
  grid: FaceGrid,
  zones: FaceZones,
  skin: SkinModel | undefined,
  bearded: boolean,
): Plane {
  if (!skin) return createPlane(grid.width, grid.height);
  const outside = fromOutside(grid, zones, skin, bearded);
  const hasGlasses = outlierShare(grid, zones.noseBridge, skin) > 0.35;
  const frame = planeFrom(grid.width, grid.height, (i) =>
    hasGlasses && zones.glasses.data[i]! > 0 && skin.foreignness.data[i]! > 0.4 ? 1 : 0,
  );
  const rims = findGlasses(grid, zones, grid.template.y);
  const widened = dilate(frame, 0.014 * grid.scale);
  const lines = rims && dilate(rims, RIM_MARGIN * grid.scale);
  if (lines) for (let i = 0; i < lines.data.length; i++) widened.data[i]! += lines.data[i]!;
  const fringe = browsUnderHair(grid, zones, outside);
  const inMouth = reachIntoMouth(grid, zones, skin, outside);
  const map = planeFrom(grid.width, grid.height, (i) =>
    Math.min(1, Math.max(widened.data[i]!, outside.data[i]!, fringe.data[i]!, inMouth.data[i]!)),
  );
  return usableMap(grid, map);
}

/** How far around a rim's line the template stays, over the face scale; what is seen through the lenses is the user's. */
const RIM_MARGIN = 0.013;

/**
 * Share of the forehead beside a brow that hair must cover for the template's brow to stay with it: half a brow would end at the
 * strand.
 */
const FRINGE_SHARE = 0.45;

/** The brows that the template's hair hangs into, whole, as 0 or 1. */
function browsUnderHair(grid: FaceGrid, zones: FaceZones, hair: Plane): Plane {
  const kept = createPlane(grid.width, grid.height);
  for (const brow of zones.brows) {
    const around = dilate(brow, 0.025 * grid.scale);
    if (meanOver(grid, hair, around, zones.exempt) < FRINGE_SHARE) continue;
    for (let i = 0; i < brow.data.length; i++) kept.data[i]! += around.data[i]!;
  }
  return kept;
}

/** Foreign cells connected to the face's border: hair, hats, microphones, background. */
function fromOutside(grid: FaceGrid, zones: FaceZones, skin: SkinModel, bearded: boolean): Plane {
  const foreign = skin.foreignness.data;
  const isOpen = (i: number): boolean =>
    grid.covered.data[i]! > 0.5 &&
    zones.exempt.data[i] === 0 &&
    !(bearded && zones.beard.data[i]! > 0);
  const mask = flood(
    grid,
    (i) => isOpen(i) && grid.border.data[i]! < 0.045 && foreign[i]! > 0.5,
    (i) => isOpen(i) && foreign[i]! > 0.35,
  );
  return dilate(mask, 0.012 * grid.scale);
}

/** Foreign cells anywhere but on the features: glasses frames, masks, specular spots, cast shadows. */
function insideOutliers(
  grid: FaceGrid,
  zones: FaceZones,
  skin: SkinModel,
  bearded: boolean,
): Plane {
  const hasGlasses = outlierShare(grid, zones.noseBridge, skin) > 0.2;
  const spots = planeFrom(grid.width, grid.height, (i) => {
    const isExpected = zones.tightFeatures.data[i]! > 0 || (bearded && zones.beard.data[i]! > 0);
    return !isExpected && grid.covered.data[i]! > 0.5 && skin.foreignness.data[i]! > 0.6 ? 1 : 0;
  });
  return dilate(open(spots, 0.006 * grid.scale), (hasGlasses ? 0.02 : 0.008) * grid.scale);
}

function usableMap(grid: FaceGrid, map: Plane): Plane {
  let hidden = 0;
  let total = 1;
  for (let i = 0; i < map.data.length; i++) {
    hidden += map.data[i]! * grid.covered.data[i]!;
    total += grid.covered.data[i]!;
  }
  if (hidden / total > MAX_MAP_SHARE) return createPlane(grid.width, grid.height);
  return gaussianBlur(map, 0.012 * grid.scale);
}

function outlierShare(grid: FaceGrid, zone: Plane, skin: SkinModel): number {
  let outliers = 0;
  let total = 0;
  for (let i = 0; i < zone.data.length; i++) {
    if (zone.data[i] === 0 || grid.covered.data[i]! < 0.5) continue;
    total++;
    if (skin.foreignness.data[i]! > 0.5) outliers++;
  }
  return total === 0 ? 0 : outliers / total;
}

function isBearded(grid: FaceGrid, zones: FaceZones, colours: GridColours): boolean {
  const difference = (plane: Plane): number =>
    meanOver(grid, plane, zones.beard, zones.lips) -
    meanOver(grid, plane, zones.sureSkin, zones.lips);
  const isNeutral = difference(colours.a) < SHADE_REDNESS;
  return -difference(colours.y) > (isNeutral ? BEARD_DARKNESS.neutral : BEARD_DARKNESS.any);
}
