import { type Plane, planeFrom } from "../../imaging/plane.ts";
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
