import { dilate, flood } from "../../imaging/morphology.ts";
import { createPlane, type Plane, planeFrom } from "../../imaging/plane.ts";
import type { FaceGrid } from "./face-grid.ts";
import type { FaceZones } from "./face-zones.ts";

/** Cells that a frame's line is wide at most, over two: a hundredth of the face and a bit. */
const LINE_RADIUS = 2;
/** How much darker (log units) than the skin beside it the bridge of glasses is. */
const BRIDGE_DEPTH = 0.15;
/** How much darker than the skin beside it a rim is. */
const RIM_DEPTH = 0.12;
/** Rims at least as long as this (in face lengths) belong to glasses; a crease across the nose is shorter. */
const SHORTEST_RIM = 0.35;

/** Nose bridge: inner ends of the brows above, sides of the nose below; left and right. */
const BRIDGE = { top: [55, 285], bottom: [174, 399] } as const;
const BRIDGE_COLUMNS = 9;
/** Columns that must be crossed: metal shines in one or two; without glasses five were the most. */
const CROSSED_COLUMNS = 7;
/** Share of the way down at which a column begins: above, brows and fringes end. */
const BRIDGE_TOP = 0.08;
const BRIDGE_STEPS = 40;

/**
 * Finds the frame of glasses, thin wire included: dark lines around the eyes that a dark line across the nose bridge
 * leads to. Returns 0 or 1 per cell, or undefined where there are no glasses.
 */
export function findGlasses(grid: FaceGrid, zones: FaceZones, luma: Plane): Plane | undefined {
  const lines = darkLines(grid, zones.aroundEyes, luma);
  const bridge = bridgeCells(grid, lines);
  if (!bridge) return undefined;
  const start = new Set(bridge);
  const isLine = (i: number): boolean => lines.data[i]! > RIM_DEPTH && zones.eyeballs.data[i] === 0;
  // One cell of growth joins lines that touch at corners only.
  const wide = dilate(
    planeFrom(grid.width, grid.height, (i) => (isLine(i) ? 1 : 0)),
    1,
  );
  const reached = flood(
    grid,
    (i) => start.has(i),
    (i) => wide.data[i]! > 0,
  );
  const frame = planeFrom(grid.width, grid.height, (i) =>
    reached.data[i]! > 0 && (isLine(i) || start.has(i)) ? 1 : 0,
  );
  const cells = frame.data.reduce((sum, v) => sum + v, 0);
  return cells < SHORTEST_RIM * grid.scale ? undefined : frame;
}

/** How much each cell of a zone is darker than both sides of a narrow line through it: closing minus itself. */
function darkLines(grid: FaceGrid, zone: Plane, luma: Plane): Plane {
  const isInside = new Uint8Array(luma.data.length);
  for (let i = 0; i < isInside.length; i++) {
    if (zone.data[i]! > 0 && grid.covered.data[i]! > 0.9) isInside[i] = 1;
  }
  const closed = extremes(extremes(luma, isInside, 1), isInside, -1);
  const lines = createPlane(grid.width, grid.height);
  for (let i = 0; i < isInside.length; i++) {
    if (isInside[i] === 1) lines.data[i] = closed.data[i]! - luma.data[i]!;
  }
  return lines;
}

/** Greatest (`sign` 1) or smallest (-1) value of the marked cells within the line radius, for each marked cell. */
function extremes(plane: Plane, isInside: Uint8Array, sign: 1 | -1): Plane {
  const near = lineSurroundings(plane.width);
  const found = createPlane(plane.width, plane.height);
  for (let i = 0; i < isInside.length; i++) {
    if (isInside[i] === 0) continue;
    let most = sign * plane.data[i]!;
    for (let n = 0; n < near.length; n++) {
      const cell = i + near[n]!;
      if (isInside[cell] === 1) most = Math.max(most, sign * plane.data[cell]!);
    }
    found.data[i] = sign * most;
  }
  return found;
}

/** From a cell to the others within the line radius, as differences of their indices. */
function lineSurroundings(width: number): Int32Array {
  const steps: number[] = [];
  for (let dy = -LINE_RADIUS; dy <= LINE_RADIUS; dy++) {
    const reach = Math.abs(dy) === LINE_RADIUS ? 1 : LINE_RADIUS;
    for (let dx = -reach; dx <= reach; dx++) steps.push(dy * width + dx);
  }
  return Int32Array.from(steps);
}

/** The cells of the darkest line across the nose bridge, or undefined when it does not cross it. */
function bridgeCells(grid: FaceGrid, lines: Plane): number[] | undefined {
  const cells: number[] = [];
  for (let column = 0; column < BRIDGE_COLUMNS; column++) {
    const along = column / (BRIDGE_COLUMNS - 1);
    const top = between(grid, BRIDGE.top, along);
    const bottom = between(grid, BRIDGE.bottom, along);
    let [best, depth] = [-1, BRIDGE_DEPTH];
    for (let step = 0; step <= BRIDGE_STEPS; step++) {
      const down = BRIDGE_TOP + (1 - BRIDGE_TOP) * (step / BRIDGE_STEPS);
      const x = Math.floor(top[0] + down * (bottom[0] - top[0]));
      const y = Math.floor(top[1] + down * (bottom[1] - top[1]));
      const value = lines.data[y * grid.width + x] ?? 0;
      if (value > depth) [best, depth] = [y * grid.width + x, value];
    }
    if (best >= 0) cells.push(best);
  }
  return cells.length < CROSSED_COLUMNS ? undefined : cells;
}

function between(
  { mesh }: FaceGrid,
  [i, j]: readonly [number, number],
  share: number,
): [number, number] {
  return [0, 1].map((k) => mesh[3 * i + k]! + share * (mesh[3 * j + k]! - mesh[3 * i + k]!)) as [
    number,
    number,
  ];
}
