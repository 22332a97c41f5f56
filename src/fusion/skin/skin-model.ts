import { createPlane, type Plane } from "../../imaging/plane.ts";
import { fitQuadratic, quadraticAlong } from "../../imaging/quadratic-fit.ts";
import { clamp, medianDeviation, smoothstep } from "../../imaging/scalar.ts";
import type { FaceGrid, GridColours } from "./face-grid.ts";
import type { FaceZones } from "./face-zones.ts";

/** How unlike the face's own skin each cell is. */
export interface SkinModel {
  /** Squared, scaled distance from the smooth skin surface; about 9 for the last of ordinary skin. */
  readonly distance: Plane;
  /** 0 for skin, 1 for something else; smooth step of the distance from 9 to 22. */
  readonly foreignness: Plane;
}

/** Limits of the spread that counts as skin in Y, A and B (log units); a user photo is judged more strictly. */
const SPREAD = {
  user: { y: [0.13, 0.3], a: [0.035, 0.1], b: [0.04, 0.12] },
  template: { y: [0.2, 0.3], a: [0.035, 0.1], b: [0.04, 0.12] },
} as const;

const MIN_CELLS = 60;
const MAX_OBSERVATIONS = 600;
const FIT_ROUNDS = 3;
const ORDINARY_DISTANCE = 9;

/**
 * Fits quadratic surfaces of Y, A and B to the sure skin, then twice more to everything that looks like it (cheeks
 * alone extrapolate badly to chin and forehead). Returns undefined when too little sure skin is visible.
 */
export function fitSkinModel(
  grid: FaceGrid,
  zones: FaceZones,
  colours: GridColours,
  role: "user" | "template",
): SkinModel | undefined {
  let cells = wholeCells(grid).filter((i) => zones.sureSkin.data[i]! > 0);
  if (cells.length < MIN_CELLS) return undefined;
  const sure = cells;
  let distance = surfaceDistance(grid, colours, { cells, sure, role });
  for (let round = 0; round < 2; round++) {
    cells = ordinaryCells(grid, zones, distance);
    if (cells.length < MIN_CELLS) break;
    distance = surfaceDistance(grid, colours, { cells, sure: cells, role });
  }
  const foreignness = createPlane(grid.width, grid.height);
  for (let i = 0; i < distance.data.length; i++) {
    foreignness.data[i] = smoothstep(ORDINARY_DISTANCE, 22, distance.data[i]!);
  }
  return { distance, foreignness };
}

/** Cells that the face covers wholly. */
function wholeCells(grid: FaceGrid): number[] {
  const cells: number[] = [];
  const { data } = grid.covered;
  for (let i = 0; i < data.length; i++) if (data[i]! > 0.99) cells.push(i);
  return cells;
}

/** Wholly covered cells without features that look like the skin so far. */
function ordinaryCells(grid: FaceGrid, zones: FaceZones, distance: Plane): number[] {
  const cells: number[] = [];
  const covered = grid.covered.data;
  const features = zones.features.data;
  for (let i = 0; i < covered.length; i++) {
    if (covered[i]! <= 0.99 || features[i] !== 0) continue;
    if (distance.data[i]! < ORDINARY_DISTANCE) cells.push(i);
  }
  return cells;
}

interface Samples {
  /** Cells to fit the surfaces to. */
  readonly cells: readonly number[];
  /** Cells to measure the spread on. */
  readonly sure: readonly number[];
  readonly role: "user" | "template";
}

function surfaceDistance(grid: FaceGrid, colours: GridColours, samples: Samples): Plane {
  const distance = createPlane(grid.width, grid.height);
  const chosen = thinOut(samples.cells);
  const measured = thinOut(samples.sure);
  const basis = basisAt(grid, chosen);
  for (const channel of ["y", "a", "b"] as const) {
    const plane = colours[channel];
    const values = Float64Array.from(chosen, (cell) => plane.data[cell]!);
    const surface = fitQuadratic({ count: chosen.length, basis, values }, FIT_ROUNDS);
    const residual = residualsOf(grid, plane, surface);
    const [low, high] = SPREAD[samples.role][channel];
    const deviations = new Float64Array(measured.length);
    for (let n = 0; n < deviations.length; n++) deviations[n] = residual[measured[n]!]!;
    const spread = clamp(1.3 * 1.48 * medianDeviation(deviations), low, high);
    // Skin has bright spots more often than dark ones: light shines, but nothing shades so locally.
    addSquares(distance.data, residual, spread, channel === "y" ? 1.4 * spread : spread);
  }
  return distance;
}

/** Adds the squares of residuals over their spread, which may be another one above 0. */
function addSquares(
  sums: Float32Array,
  residual: Float32Array,
  spread: number,
  spreadAbove: number,
): void {
  for (let i = 0; i < sums.length; i++) {
    const value = residual[i]!;
    const scaled = value / (value > 0 ? spreadAbove : spread);
    sums[i]! += scaled * scaled;
  }
}

/** Every n-th cell, at most {@link MAX_OBSERVATIONS}. */
function thinOut(cells: readonly number[]): number[] {
  const step = Math.ceil(cells.length / MAX_OBSERVATIONS);
  return cells.filter((_, n) => n % step === 0);
}

/** The rows 1 x y x² xy y² of the cells, which all three channels share. */
function basisAt(grid: FaceGrid, cells: readonly number[]): Float64Array {
  const basis = new Float64Array(cells.length * 6);
  for (let n = 0, at = 0; n < cells.length; n++, at += 6) {
    const cell = cells[n]!;
    const x = unitsFrom(grid, cell % grid.width, grid.width);
    const y = unitsFrom(grid, Math.floor(cell / grid.width), grid.height);
    basis[at] = 1;
    basis[at + 1] = x;
    basis[at + 2] = y;
    basis[at + 3] = x * x;
    basis[at + 4] = x * y;
    basis[at + 5] = y * y;
  }
  return basis;
}

function residualsOf(grid: FaceGrid, plane: Plane, surface: Float64Array): Float32Array {
  const residual = new Float32Array(plane.data.length);
  const places = Float64Array.from({ length: grid.width }, (_, x) =>
    unitsFrom(grid, x, grid.width),
  );
  for (let row = 0, i = 0; row < grid.height; row++) {
    const line = quadraticAlong(surface, unitsFrom(grid, row, grid.height));
    for (let column = 0; column < grid.width; column++, i++) {
      const x = places[column]!;
      residual[i] = plane.data[i]! - (line.constant + (line.linear + line.square * x) * x);
    }
  }
  return residual;
}

/** Place of a cell along a side of the grid, relative to the side's middle, in half face lengths. */
function unitsFrom(grid: FaceGrid, cell: number, side: number): number {
  return (cell - side / 2) / (0.5 * grid.scale);
}
