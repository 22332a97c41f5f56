/** Where a point lies beside a line of changing thickness. */
export interface StrokePlace {
  /** Distance from the line over its radius there: 0 on the line, 1 on the edge. */
  readonly across: number;
  /** The same with a sign: negative on the line's left as it runs. */
  readonly side: number;
  /** Share of the line's length, 0..1. */
  readonly along: number;
  /** Distance to the edge, px; negative inside. */
  readonly toEdge: number;
}

/** A line through points with a radius at each; px. */
export interface Stroke {
  /** x y radius of each point. */
  readonly points: readonly (readonly [number, number, number])[];
}

/** The place beside the nearest part of the stroke; with `near`, only parts about that one are looked at. */
export function placeBeside({ points }: Stroke, x: number, y: number, near?: number): StrokePlace {
  let best: StrokePlace = { across: Infinity, side: 0, along: 0, toEdge: Infinity };
  const parts = points.length - 1;
  const [first, last] = near === undefined ? [0, parts - 1] : [near - 2, near + 2];
  for (let i = Math.max(0, first); i <= Math.min(parts - 1, last); i++) {
    const [ax, ay, ar] = points[i]!;
    const [bx, by, br] = points[i + 1]!;
    const [ux, uy] = [bx - ax, by - ay];
    const length = Math.max(Math.hypot(ux, uy), 1e-6);
    const t = Math.min(1, Math.max(0, ((x - ax) * ux + (y - ay) * uy) / length ** 2));
    const radius = ar + t * (br - ar);
    const distance = Math.hypot(x - ax - t * ux, y - ay - t * uy);
    if (distance - radius >= best.toEdge) continue;
    const sign = Math.sign(ux * (y - ay) - uy * (x - ax));
    best = {
      across: distance / radius,
      side: (sign * distance) / radius,
      along: (i + t) / parts,
      toEdge: distance - radius,
    };
  }
  return best;
}

/** How much of a pixel lies within an edge that is `toEdge` px away (negative: inside). */
export function coverage(toEdge: number): number {
  return Math.min(1, Math.max(0, 0.5 - toEdge));
}

/** A smooth curve through points: `steps` points a part (Catmull & Rom 1974). */
export function smoothLine(
  points: readonly (readonly [number, number, number])[],
  steps = 8,
): Stroke {
  const out: [number, number, number][] = [];
  const at = (i: number) => points[Math.min(points.length - 1, Math.max(0, i))]!;
  for (let i = 0; i + 1 < points.length; i++) {
    const [p, q, r, s] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    for (let n = 0; n < steps; n++) {
      const t = n / steps;
      out.push(
        [0, 1, 2].map(
          (k) =>
            0.5 *
            (2 * q[k]! +
              t * (r[k]! - p[k]!) +
              t * t * (2 * p[k]! - 5 * q[k]! + 4 * r[k]! - s[k]!) +
              t ** 3 * (3 * q[k]! - p[k]! - 3 * r[k]! + s[k]!)),
        ) as [number, number, number],
      );
    }
  }
  out.push([...points.at(-1)!]);
  return { points: out };
}

/** Visits each pixel centre at most `margin` px beside a stroke once, with its place. */
export function visitStroke(
  stroke: Stroke,
  size: { readonly width: number; readonly height: number },
  margin: number,
  visit: (at: number, place: StrokePlace) => void,
): void {
  const seen = new Set<number>();
  for (let part = 0; part + 1 < stroke.points.length; part++) {
    const [[ax, ay, ar], [bx, by, br]] = [stroke.points[part]!, stroke.points[part + 1]!];
    const reach = Math.max(ar, br) + margin;
    const right = Math.min(size.width - 1, Math.ceil(Math.max(ax, bx) + reach));
    const bottom = Math.min(size.height - 1, Math.ceil(Math.max(ay, by) + reach));
    for (let y = Math.max(0, Math.floor(Math.min(ay, by) - reach)); y <= bottom; y++) {
      for (let x = Math.max(0, Math.floor(Math.min(ax, bx) - reach)); x <= right; x++) {
        const at = y * size.width + x;
        if (seen.has(at)) continue;
        seen.add(at);
        visit(at, placeBeside(stroke, x + 0.5, y + 0.5, part));
      }
    }
  }
}
