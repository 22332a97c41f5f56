import { distanceTransform } from "../../imaging/distance-transform.ts";
import { writeLogOpponent } from "../../imaging/log-opponent.ts";
import { createPlane, type Plane } from "../../imaging/plane.ts";
import type { FaceCanvas } from "../face-canvas.ts";
import type { FaceTopology } from "../face-topology.ts";
import { faceScale } from "../shape/measure-face.ts";
import { measureTexture } from "./fine-texture.ts";
import { cellSize, gridStep } from "./grid-size.ts";

/** Y, A and B planes of one picture, averaged over grid cells. */
export interface GridColours {
  readonly y: Plane;
  readonly a: Plane;
  readonly b: Plane;
}

/** The canvas reduced to a coarse grid on which skin, occluders and light are judged. */
export interface FaceGrid {
  readonly width: number;
  readonly height: number;
  /** Canvas pixels along a cell's side. */
  readonly cellPx: number;
  /** Face scale in cells. */
  readonly scale: number;
  /** Target mesh in grid cells. */
  readonly mesh: Float32Array;
  /** Share of each cell that the face covers, 0..1. */
  readonly covered: Plane;
  /** Distance to the nearest cell outside the face, over the face scale. */
  readonly border: Plane;
  readonly user: GridColours;
  readonly mirrored: GridColours;
  readonly template: GridColours;
  /** How well the photo shows each cell: directly, and by the mirrored half; 0..1. */
  readonly userVisibility: Plane;
  readonly mirroredVisibility: Plane;
  /** Roughness of each cell, see fine-texture.ts: of the photo directly, and of the mirrored half. */
  readonly userTexture: Plane;
  readonly mirroredTexture: Plane;
}

const CHANNELS = 11;

/** Mean number of looked-at pixels in a whole cell. */
function samplesPerCell(cellPx: number): number {
  return (cellPx / gridStep(cellPx)) ** 2;
}

/** Averages the canvas over cells; uncovered cells are 0. */
export function reduceToGrid(canvas: FaceCanvas, topology: FaceTopology): FaceGrid {
  const facePx = faceScale(canvas.mesh);
  const cellPx = cellSize(facePx);
  const width = Math.ceil(canvas.width / cellPx);
  const height = Math.ceil(canvas.height / cellPx);
  const sums = accumulateCells(canvas, topology, { width, height, cellPx });
  const covered = createPlane(width, height);
  const planes = Array.from({ length: CHANNELS }, () => createPlane(width, height));
  for (let i = 0; i < width * height; i++) {
    const count = sums[i * (CHANNELS + 1) + CHANNELS]!;
    if (count === 0) continue;
    covered.data[i] = Math.min(1, count / samplesPerCell(cellPx));
    for (let c = 0; c < CHANNELS; c++) planes[c]!.data[i] = sums[i * (CHANNELS + 1) + c]! / count;
  }
  const border = distanceTransform(covered, (i) => covered.data[i]! < 0.5);
  const scale = facePx / cellPx;
  for (let i = 0; i < border.data.length; i++) border.data[i]! /= scale;
  const colours = (at: number): GridColours => ({
    y: planes[at]!,
    a: planes[at + 1]!,
    b: planes[at + 2]!,
  });
  return {
    ...{ width, height, cellPx, scale, covered, border },
    mesh: canvas.mesh.map((v) => v / cellPx),
    user: colours(0),
    mirrored: colours(3),
    template: colours(6),
    userVisibility: planes[9]!,
    mirroredVisibility: planes[10]!,
    userTexture: measureTexture(canvas, canvas.user, { width, height, cellPx }),
    mirroredTexture: measureTexture(canvas, canvas.mirrored, { width, height, cellPx }),
  };
}

function accumulateCells(
  canvas: FaceCanvas,
  topology: FaceTopology,
  grid: { width: number; height: number; cellPx: number },
): Float64Array {
  const sums = new Float64Array(grid.width * grid.height * (CHANNELS + 1));
  const template = new Float32Array(3);
  const seen = new Float32Array(2);
  const step = gridStep(grid.cellPx);
  for (let y = 0; y < canvas.height; y += step) {
    const gridRow = Math.floor(y / grid.cellPx) * grid.width;
    for (let x = 0; x < canvas.width; x += step) {
      const at = y * canvas.width + x;
      if (canvas.raster.triangle[at]! < 0) continue;
      const cell = (gridRow + Math.floor(x / grid.cellPx)) * (CHANNELS + 1);
      addColour(sums, cell, canvas.user, 3 * at);
      addColour(sums, cell + 3, canvas.mirrored, 3 * at);
      writeLogOpponent(template, 0, canvas.template, 3 * at);
      addColour(sums, cell + 6, template, 0);
      readVisibility(canvas, topology, at, seen);
      sums[cell + 9]! += seen[0]!;
      sums[cell + 10]! += seen[1]!;
      sums[cell + CHANNELS]! += 1;
    }
  }
  return sums;
}

function addColour(sums: Float64Array, to: number, colours: Float32Array, at: number): void {
  sums[to]! += colours[at]!;
  sums[to + 1]! += colours[at + 1]!;
  sums[to + 2]! += colours[at + 2]!;
}

/** Interpolates the points' visibility at a covered pixel: direct, and through the mirrored points. */
function readVisibility(
  canvas: FaceCanvas,
  topology: FaceTopology,
  at: number,
  seen: Float32Array,
): void {
  const { raster, visibility } = canvas;
  const t = 3 * raster.triangle[at]!;
  const w0 = raster.weight0[at]!;
  const w1 = raster.weight1[at]!;
  const w2 = 1 - w0 - w1;
  const { triangles, mirror } = topology;
  const [i, j, k] = [triangles[t]!, triangles[t + 1]!, triangles[t + 2]!];
  seen[0] = w0 * visibility[i]! + w1 * visibility[j]! + w2 * visibility[k]!;
  seen[1] =
    w0 * visibility[mirror[i]!]! + w1 * visibility[mirror[j]!]! + w2 * visibility[mirror[k]!]!;
}
