import { gaussianBlur } from "../../imaging/box-blur.ts";
import { createPlane, type Plane } from "../../imaging/plane.ts";
import type { FaceCanvas } from "../face-canvas.ts";
import { POINT } from "../face-regions.ts";
import type { FaceGrid } from "./face-grid.ts";
import type { FaceZones } from "./face-zones.ts";
import { findRims } from "./find-rims.ts";
import { type FineLines, measureLines } from "./fine-lines.ts";
import { followStrands } from "./follow-strands.ts";
import { heightBelow } from "./zone-measures.ts";

/** What stays in front of the fused face, finely enough for wires and single hairs. */
export interface FrontMatte {
  /** How much of each cell shows the template, 0..1. */
  readonly plane: Plane;
  /** Canvas pixels along a cell's side. */
  readonly cellPx: number;
}

/** The face on its grid, and how it is to be judged. */
interface JudgedFace {
  readonly grid: FaceGrid;
  readonly zones: FaceZones;
  readonly isBearded: boolean;
  /** Take less for a strand, as the preset made for occlusions does. */
  readonly isBold: boolean;
}

/** Shorter faces (px) show features as lines. */
const SMALLEST_PX = 140;
/** Share of cells with lines from which on a chin has a beard, however light. */
const STUBBLE = 0.25;
/** Contrast (log units) of hairs of a beard. */
const STUBBLE_CONTRAST = 0.08;
/** How near (over the face scale) to the border of the face's upper half a strand begins that no broader hair leads to. */
const BORDER = 0.07;

/**
 * Adds what is narrower than the grid's cells to the map of what stays in front (`hidden`, 0..1 on the grid): frames of glasses
 * and strands of hair. The map gets their share of its cells, too.
 */
export function refineFront(canvas: FaceCanvas, face: JudgedFace, hidden: Plane): FrontMatte {
  const { grid, zones, isBold } = face;
  if (grid.scale * grid.cellPx < SMALLEST_PX) return { plane: hidden, cellPx: grid.cellPx };
  const lines = measureLines(canvas);
  const mesh = canvas.mesh.map((v) => v / lines.cellPx);
  const cellOf = gridCellOf(lines, grid);
  const below = heightBelow(grid, POINT.noseBridge);
  const isHairline = (cell: number): boolean =>
    hidden.data[cell]! > 0.5 || (grid.border.data[cell]! < BORDER && below(cell) < 0);
  const isStubble = stubbleOf(lines, face, cellOf);
  const strands = followStrands(lines, mesh, {
    isBeginning: (i) => isHairline(cellOf(i)),
    isUncounted: (i) =>
      zones.features.data[cellOf(i)]! > 0 || (!isBold && hidden.data[cellOf(i)]! > 0.5),
    isClosed: (i) => zones.lips.data[cellOf(i)]! > 0 || isStubble(cellOf(i)),
    isBold,
  });
  const narrow = findRims(lines, mesh) ?? createPlane(lines.width, lines.height);
  for (const i of strands) {
    for (const row of [i - lines.width, i, i + lines.width]) narrow.data.fill(1, row - 1, row + 2);
  }
  const plane = enlarge(hidden, lines.cellPx / grid.cellPx, narrow);
  addNarrow(plane, narrow, { cellOf, perCell: (grid.cellPx / lines.cellPx) ** 2, hidden });
  return { plane, cellPx: lines.cellPx };
}

/** Tells the grid's cells that a beard covers: all of the zone when it is dark, else where it is full of lines. */
function stubbleOf(
  lines: FineLines,
  { grid, zones, isBearded }: JudgedFace,
  cellOf: (cell: number) => number,
): (cell: number) => boolean {
  const { width, height } = grid;
  if (isBearded) return (cell) => zones.beard.data[cell]! > 0;
  const count = createPlane(width, height);
  const { data } = lines.darkness;
  for (let i = 0; i < data.length; i++) {
    if (Math.abs(data[i]!) > STUBBLE_CONTRAST) count.data[cellOf(i)]! += 1;
  }
  const share = gaussianBlur(count, 0.03 * grid.scale).data;
  const dense = STUBBLE * (grid.cellPx / lines.cellPx) ** 2;
  return (cell) => zones.beard.data[cell]! > 0 && share[cell]! > dense;
}

/** The grid's cell that a fine cell's middle lies in. */
function gridCellOf(lines: FineLines, grid: FaceGrid): (cell: number) => number {
  const ratio = lines.cellPx / grid.cellPx;
  const places = (fine: number, coarse: number): Int32Array =>
    Int32Array.from({ length: fine }, (_, i) =>
      Math.min(coarse - 1, Math.floor((i + 0.5) * ratio)),
    );
  const columns = places(lines.width, grid.width);
  const rows = places(lines.height, grid.height);
  return (cell) =>
    rows[Math.floor(cell / lines.width)]! * grid.width + columns[cell % lines.width]!;
}

/** A coarse map bilinearly between its cells' middles; `ratio` is a fine cell's side over a coarse one's. */
function enlarge(map: Plane, ratio: number, size: Pick<Plane, "width" | "height">): Plane {
  const plane = createPlane(size.width, size.height);
  const row = new Float32Array(map.width + 1);
  const place = (i: number, last: number): number =>
    Math.min(Math.max((i + 0.5) * ratio - 0.5, 0), last);
  const columns = Float32Array.from({ length: size.width }, (_, x) => place(x, map.width - 1));
  for (let y = 0, i = 0; y < size.height; y++) {
    const v = place(y, map.height - 1);
    const upper = Math.floor(v) * map.width;
    const lower = Math.min(map.height - 1, Math.floor(v) + 1) * map.width;
    const share = v - Math.floor(v);
    for (let c = 0; c < map.width; c++) {
      row[c] = map.data[upper + c]! + share * (map.data[lower + c]! - map.data[upper + c]!);
    }
    row[map.width] = row[map.width - 1]!;
    for (let x = 0; x < size.width; x++, i++) {
      const left = columns[x]! | 0;
      plane.data[i] = row[left]! + (columns[x]! - left) * (row[left + 1]! - row[left]!);
    }
  }
  return plane;
}

/** Raises a fine map where something narrow is, and the coarse one by the mean of that. */
function addNarrow(
  plane: Plane,
  narrow: Plane,
  coarse: {
    readonly cellOf: (cell: number) => number;
    readonly perCell: number;
    readonly hidden: Plane;
  },
): void {
  for (let i = 0; i < narrow.data.length; i++) {
    const more = narrow.data[i]! - plane.data[i]!;
    if (narrow.data[i] === 0 || more <= 0) continue;
    plane.data[i] = narrow.data[i]!;
    const cell = coarse.cellOf(i);
    coarse.hidden.data[cell] = Math.min(1, coarse.hidden.data[cell]! + more / coarse.perCell);
  }
}
