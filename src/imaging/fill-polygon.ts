import type { Plane } from "./plane.ts";

/** A closed outline as x y x y …, in the plane's pixel coordinates (pixel centres at + 0.5). */
export type Outline = ArrayLike<number>;

/** Writes `value` into every cell whose centre lies inside the outline (even-odd rule). */
export function fillPolygon(plane: Plane, outline: Outline, value = 1): void {
  const corners = outline.length / 2;
  const crossings: number[] = [];
  for (let y = 0; y < plane.height; y++) {
    crossings.length = 0;
    for (let i = 0; i < corners; i++) {
      const j = (i + 1) % corners;
      const x = edgeCrossing(outline, i, j, y + 0.5);
      if (x !== undefined) crossings.push(x);
    }
    crossings.sort((a, b) => a - b);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k]! - 0.5));
      const to = Math.min(plane.width, Math.ceil(crossings[k + 1]! - 0.5));
      if (to > from) plane.data.fill(value, y * plane.width + from, y * plane.width + to);
    }
  }
}

function edgeCrossing(outline: Outline, i: number, j: number, y: number): number | undefined {
  const y0 = outline[2 * i + 1]!;
  const y1 = outline[2 * j + 1]!;
  if (y0 <= y === y1 <= y) return undefined;
  const x0 = outline[2 * i]!;
  return x0 + ((y - y0) / (y1 - y0)) * (outline[2 * j]! - x0);
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
