import { type Plane, planeFrom } from "../../imaging/plane.ts";
import { POINT } from "../face-regions.ts";
import type { FaceGrid } from "./face-grid.ts";

/** Mean of a plane over a zone's wholly covered cells, another zone left out; 0 of an empty zone. */
export function meanOver(grid: FaceGrid, plane: Plane, zone: Plane, without?: Plane): number {
  let sum = 0;
  let total = 1e-6;
  for (let i = 0; i < zone.data.length; i++) {
    if (zone.data[i] === 0 || grid.covered.data[i]! < 0.99) continue;
    if (without && without.data[i]! > 0) continue;
    sum += plane.data[i]!;
    total++;
  }
  return sum / total;
}

/** Standard deviation of a plane over the same cells. */
export function spreadOver(grid: FaceGrid, plane: Plane, zone: Plane, without?: Plane): number {
  const mean = meanOver(grid, plane, zone, without);
  const squares = planeFrom(plane.width, plane.height, (i) => (plane.data[i]! - mean) ** 2);
  return Math.sqrt(meanOver(grid, squares, zone, without));
}

/** How far below a mesh point a cell lies along the face, over the face scale. */
export function heightBelow(
  { mesh, scale, width }: FaceGrid,
  point: number,
): (cell: number) => number {
  const [top, chin, from] = [3 * POINT.foreheadTop, 3 * POINT.chin, 3 * point];
  const length = Math.hypot(mesh[chin]! - mesh[top]!, mesh[chin + 1]! - mesh[top + 1]!);
  const [dx, dy] = [0, 1].map((k) => (mesh[chin + k]! - mesh[top + k]!) / length) as [
    number,
    number,
  ];
  return (cell) => {
    const x = (cell % width) + 0.5 - mesh[from]!;
    const y = Math.floor(cell / width) + 0.5 - mesh[from + 1]!;
    return (x * dx + y * dy) / scale;
  };
}
