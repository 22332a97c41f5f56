import type { Plane } from "./plane.ts";

/** A closed outline as x y x y …, in the plane's pixel coordinates (pixel centres at + 0.5). */
export type Outline = ArrayLike<number>;

/** Writes `value` into every cell whose centre lies inside the outline (even-odd rule). */
export function fillPolygon(plane: Plane, outline: Outline, value = 1): void {
  const rows = rowsOf(outline, plane.height);
  for (let y = rows.from; y < rows.to; y++) {
    const crossings = rowCrossings(outline, y);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k]! - 0.5));
      const to = Math.min(plane.width, Math.ceil(crossings[k + 1]! - 0.5));
      if (to > from) plane.data.fill(value, y * plane.width + from, y * plane.width + to);
    }
  }
}

/** The rows of cells that an outline can reach. */
function rowsOf(outline: Outline, height: number): { from: number; to: number } {
  let [top, bottom] = [Infinity, -Infinity];
  for (let i = 1; i < outline.length; i += 2) {
    top = Math.min(top, outline[i]!);
    bottom = Math.max(bottom, outline[i]!);
  }
  return { from: Math.max(0, Math.floor(top) - 1), to: Math.min(height, Math.ceil(bottom) + 1) };
}

/** Where the outline crosses the middle of a row of cells, from left to right. */
export function rowCrossings(outline: Outline, row: number): number[] {
  const corners = outline.length / 2;
  const y = row + 0.5;
  const crossings: number[] = [];
  for (let i = 0, j = corners - 1; i < corners; j = i++) {
    const y0 = outline[2 * j + 1]!;
    const y1 = outline[2 * i + 1]!;
    if (y0 <= y === y1 <= y) continue;
    const x0 = outline[2 * j]!;
    crossings.push(x0 + ((y - y0) / (y1 - y0)) * (outline[2 * i]! - x0));
  }
  return crossings.length === 2 ? inOrder(crossings) : crossings.sort((a, b) => a - b);
}

function inOrder(two: number[]): number[] {
  return two[0]! <= two[1]! ? two : [two[1]!, two[0]!];
}

/** Scales an outline about its centroid. */
export function scaleOutline(outline: Outline, factor: number): Float64Array {
  let cx = 0;
  let cy = 0;
  const corners = outline.length / 2;
  for (let i = 0; i < corners; i++) {
    cx += outline[2 * i]! / corners;
    cy += outline[2 * i + 1]! / corners;
  }
  return Float64Array.from(outline, (v, i) => {
    const centre = i % 2 === 0 ? cx : cy;
    return centre + (v - centre) * factor;
  });
}

/** Convex hull of points x y x y …, counter-clockwise in mathematical axes (Andrew 1979). */
export function convexHull(points: Outline): Float64Array {
  const list: [number, number][] = [];
  for (let i = 0; i < points.length; i += 2) list.push([points[i]!, points[i + 1]!]);
  list.sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  const half = (from: [number, number][]): [number, number][] => {
    const chain: [number, number][] = [];
    for (const p of from) {
      while (chain.length >= 2 && turn(chain.at(-2)!, chain.at(-1)!, p) <= 0) chain.pop();
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return Float64Array.from([...half(list), ...half(list.toReversed())].flat());
}

function turn(a: [number, number], b: [number, number], c: [number, number]): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}
