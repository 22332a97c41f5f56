import { gaussianBlur } from "../../imaging/box-blur.ts";
import { createSmoothingCascade } from "../../imaging/normalized-convolution.ts";
import { addPlanes, createPlane, type Plane, subtractPlanes } from "../../imaging/plane.ts";
import { clamp, mix, smoothstep } from "../../imaging/scalar.ts";
import type { FaceGrid, GridColours } from "../skin/face-grid.ts";
import { MUCH_BRIGHTER, matchMiddleBand } from "./middle-band.ts";

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
  /** Part of the shift in Y that changes the shading of middle scale, see middle-band.ts. */
  readonly relief: Plane;
}

/** Smoothing radii over the face scale S, widest first; the widest only fills what the others cannot reach. */
const SIGMAS = [0.4, 0.13, 0.08, 0.04, 0.022] as const;
/** Index of the level used well inside the face, half way, and at the border, where the seam must match exactly. */
type LevelChoice = readonly [inside: number, between: number, border: number];
const LUMA: LevelChoice = [1, 2, 4];
const CHROMA: LevelChoice = [2, 3, 4];
/** Under coloured light (chroma spread above these log units) colours are followed more closely. */
const COLOURED_LIGHT = { from: 0.05, to: 0.12 } as const;
const MIDDLE = 3;
const FINEST = 4;

/** One plane smoothed at every level. */
type Levels = readonly Plane[];

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
  const cascade = createSmoothingCascade(
    mask,
    SIGMAS.map((sigma) => sigma * grid.scale),
  );
  const { template } = grid;
  const pick = createLevelPicker(grid, colours, mask);
  const ownY = cascade.smooth(colours.y);
  const ownA = cascade.smooth(colours.a);
  const ownB = cascade.smooth(colours.b);
  const shiftY = cascade.smooth(differenceOf(colours.y, template.y, 2.5));
  const baseY = pick.luma(ownY);
  const smoothShiftY = pick.luma(shiftY);
  const coarse = addPlanes(baseY, smoothShiftY);
  const givenAt = (level: number): Plane =>
    subtractPlanes(addPlanes(ownY[level]!, shiftY[level]!), coarse);
  const band = {
    own: subtractPlanes(ownY[FINEST]!, baseY),
    // Smoothing is linear, so the template's smooth Y is the user's plus that of the difference.
    ...{ given: givenAt(FINEST), givenBroad: givenAt(MIDDLE) },
    ...{ shiftY: smoothShiftY, mask },
  };
  const relief = matchMiddleBand(band, midBandLimit);
  const close = addPlanes(pick.chroma(ownY), pick.chroma(shiftY));
  const chroma = { pick, mask, grid, brightening: subtractPlanes(coarse, close) };
  return {
    shiftY: addPlanes(smoothShiftY, relief),
    relief,
    shiftA: chromaShift(cascade.smooth(differenceOf(colours.a, template.a, 2)), template.a, chroma),
    shiftB: chromaShift(cascade.smooth(differenceOf(colours.b, template.b, 2)), template.b, chroma),
    baseY,
    baseA: pick.chroma(ownA),
    baseB: pick.chroma(ownB),
    middleY: ownY[MIDDLE]!,
  };
}

interface LevelPicker {
  luma(levels: Levels): Plane;
  chroma(levels: Levels): Plane;
}

/** Makes the blends of levels by the distance from the border. */
function createLevelPicker(grid: FaceGrid, colours: GridColours, mask: Plane): LevelPicker {
  const near = createPlane(grid.width, grid.height);
  const edge = createPlane(grid.width, grid.height);
  for (let i = 0; i < near.data.length; i++) {
    near.data[i] = smoothstep(0.03, 0.22, grid.border.data[i]!);
    edge.data[i] = smoothstep(0, 0.09, grid.border.data[i]!);
  }
  const coloured = smoothstep(
    COLOURED_LIGHT.from,
    COLOURED_LIGHT.to,
    Math.max(spread(colours.a, mask), spread(colours.b, mask)),
  );
  const brighter = smoothstep(
    MUCH_BRIGHTER.from,
    MUCH_BRIGHTER.to,
    meanUnder(mask, grid.template.y) - meanUnder(mask, colours.y),
  );
  const places = { near: near.data, edge: edge.data };
  return {
    luma: (levels) => blendLevels(levels, LUMA, brighter, places),
    chroma: (levels) => blendLevels(levels, CHROMA, coloured, places),
  };
}

/**
 * Blends the levels of a choice by each cell's share of the inside (`near`) and of all but the border (`edge`), 0..1; `closer`
 * is how much of the inside takes the level between.
 */
function blendLevels(
  levels: Levels,
  [inside, between, border]: LevelChoice,
  closer: number,
  { near, edge }: { readonly near: Float32Array; readonly edge: Float32Array },
): Plane {
  const a = levels[inside]!.data;
  const b = levels[between]!.data;
  const c = levels[border]!.data;
  const blended = createPlane(levels[inside]!.width, levels[inside]!.height);
  for (let i = 0; i < a.length; i++) {
    const inner = mix(a[i]!, b[i]!, closer);
    blended.data[i] = mix(c[i]!, mix(b[i]!, inner, near[i]!), edge[i]!);
  }
  return blended;
}

function chromaShift(
  levels: Levels,
  template: Plane,
  scene: {
    readonly pick: LevelPicker;
    readonly mask: Plane;
    readonly grid: FaceGrid;
    /**
     * How much brighter the fused face's smooth luma is than the template's at the closeness of the chroma fields. Those
     * follow the template more closely than the luma field: where its skin lies in a small shade that the fused face
     * will not have, the deeper colour of that shade must not stay behind alone.
     */
    readonly brightening: Plane;
  },
): Plane {
  const smooth = scene.pick.chroma(levels);
  const slope = clamp(slopeUnder(scene.mask, scene.grid.template.y, template), -0.6, 0.6);
  const shift = createPlane(smooth.width, smooth.height);
  for (let i = 0; i < shift.data.length; i++) {
    shift.data[i] = smooth.data[i]! + slope * scene.brightening.data[i]!;
  }
  return shift;
}

function differenceOf(from: Plane, to: Plane, limit: number): Plane {
  const difference = subtractPlanes(to, from);
  const { data } = difference;
  for (let i = 0; i < data.length; i++) data[i] = clamp(data[i]!, -limit, limit);
  return difference;
}

/** Mean of a plane under a mask. */
function meanUnder(mask: Plane, plane: Plane): number {
  let [sum, total] = [0, 1e-6];
  for (let i = 0; i < mask.data.length; i++) {
    sum += mask.data[i]! * plane.data[i]!;
    total += mask.data[i]!;
  }
  return sum / total;
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
