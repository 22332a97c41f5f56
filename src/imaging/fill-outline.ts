import { createPlane, type Plane } from "./plane.ts";

/** An outline in font units (y upwards) and where it goes in a plane. */
export interface PlacedOutline {
  /** Absolute commands M L Q C Z as in SVG. */
  readonly path: string;
  /** The outline's origin, px of the plane. */
  readonly x: number;
  readonly y: number;
  /** Pixels per font unit. */
  readonly scale: number;
}

type Point = readonly [x: number, y: number];
type Line = (from: Point, to: Point) => void;

/** Curves become chords that stay this close to them. */
const FLATNESS_PX = 0.03;

/**
 * Returns the part of each pixel that lies inside the outlines, 0..1: exact signed areas of the chords, summed along
 * the rows (R. Levien, "Inside the fastest font renderer in the world", 2016). Overlapping contours of one direction
 * count once, holes are contours of the other direction. What lies outside the plane is cut off.
 */
export function fillOutlines(
  width: number,
  height: number,
  outlines: readonly PlacedOutline[],
): Plane {
  // One cell more per row takes what an edge in the last pixel passes on to the right.
  const steps = createPlane(width + 1, height);
  for (const outline of outlines) {
    traceOutline(outline, (from, to) => addEdge(steps, from, to));
  }
  // In place: a row's sums are written no further than its steps have been read.
  const { data } = steps;
  for (let y = 0, to = 0; y < height; y++) {
    let sum = 0;
    const from = y * (width + 1);
    for (let x = 0; x < width; x++, to++) {
      sum += data[from + x]!;
      const area = sum < 0 ? -sum : sum;
      data[to] = area < 1 ? area : 1;
    }
  }
  return { width, height, data: data.subarray(0, width * height) };
}

/** Calls `line` for every chord of the outline, in pixels; each contour is closed. */
function traceOutline(outline: PlacedOutline, line: Line): void {
  let start: Point = [0, 0];
  let at: Point = [0, 0];
  for (const [, command, list] of outline.path.matchAll(/([MLQCZ])([^MLQCZ]*)/g)) {
    const points = pointsOf(list!, outline);
    if (command === "M" || command === "Z") {
      line(at, start);
      start = points[0] ?? start;
      at = start;
    } else {
      traceCurve([at, ...points], line);
      at = points.at(-1)!;
    }
  }
  line(at, start);
}

function pointsOf(list: string, { x, y, scale }: PlacedOutline): Point[] {
  const numbers = list.match(/-?[\d.]+/g) ?? [];
  const points: Point[] = [];
  for (let i = 0; i + 1 < numbers.length; i += 2) {
    points.push([x + Number(numbers[i]) * scale, y - Number(numbers[i + 1]) * scale]);
  }
  return points;
}

/** Cuts a Bézier curve of degree 1 to 3 into chords. */
function traceCurve(controls: readonly Point[], line: Line): void {
  const pieces = chordCount(controls);
  let from = controls[0]!;
  for (let i = 1; i <= pieces; i++) {
    const to = i === pieces ? controls.at(-1)! : curvePoint(controls, i / pieces);
    line(from, to);
    from = to;
  }
}

/** A chord of a curve with n equal steps strays at most d (d - 1) |second difference| / (8 n²) for degree d. */
function chordCount(controls: readonly Point[]): number {
  const degree = controls.length - 1;
  let bend = 0;
  for (let i = 2; i <= degree; i++) {
    const [a, b, c] = [controls[i - 2]!, controls[i - 1]!, controls[i]!];
    bend = Math.max(bend, Math.hypot(a[0] - 2 * b[0] + c[0], a[1] - 2 * b[1] + c[1]));
  }
  return Math.max(1, Math.ceil(Math.sqrt((degree * (degree - 1) * bend) / (8 * FLATNESS_PX))));
}

/** De Casteljau's construction. */
function curvePoint(controls: readonly Point[], t: number): Point {
  let points = controls;
  while (points.length > 1) {
    points = points
      .slice(1)
      .map((b, i) => [
        points[i]![0] + (b[0] - points[i]![0]) * t,
        points[i]![1] + (b[1] - points[i]![1]) * t,
      ]);
  }
  return points[0]!;
}

/** Adds an edge to the rows it passes: positive downwards, negative upwards. */
function addEdge(steps: Plane, from: Point, to: Point): void {
  if (from[1] === to[1]) return;
  const sign = from[1] < to[1] ? 1 : -1;
  const [top, bottom] = sign > 0 ? [from, to] : [to, from];
  const slope = (bottom[0] - top[0]) / (bottom[1] - top[1]);
  const last = Math.min(steps.height, bottom[1]);
  for (let y = Math.max(0, Math.floor(top[1])); y < last; y++) {
    const upper = Math.max(y, top[1]);
    const lower = Math.min(y + 1, bottom[1]);
    const x0 = top[0] + (upper - top[1]) * slope;
    const x1 = top[0] + (lower - top[1]) * slope;
    addRowPiece(steps, y, [Math.min(x0, x1), Math.max(x0, x1)], sign * (lower - upper));
  }
}

/** Adds, within one row, an edge from left to right: the area to its right grows from 0 to `amount` of a pixel. */
function addRowPiece(
  steps: Plane,
  y: number,
  [left, right]: readonly [number, number],
  amount: number,
): void {
  const width = steps.width - 1;
  const from = Math.min(Math.max(left, 0), width);
  const to = Math.min(Math.max(right, 0), width);
  let areaBefore = 0;
  let coveredBefore = 0;
  for (let x = Math.floor(from); x <= Math.min(width, Math.ceil(to)); x++) {
    const area = areaRightOf(from, to, x + 1);
    const covered = area - areaBefore;
    const at = y * steps.width + x;
    steps.data[at] = steps.data[at]! + amount * (covered - coveredBefore);
    areaBefore = area;
    coveredBefore = covered;
  }
}

/** Area between an edge from `from` (top) to `to` (bottom) of a row of height 1 and the vertical at x. */
function areaRightOf(from: number, to: number, x: number): number {
  if (x <= from) return 0;
  if (x >= to) return x - (from + to) / 2;
  return (x - from) ** 2 / (2 * (to - from));
}
