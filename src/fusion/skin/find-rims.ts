import { createPlane, type Plane } from "../../imaging/plane.ts";
import { smoothstep } from "../../imaging/scalar.ts";
import { EYES, POINT } from "../face-regions.ts";
import type { FineLines } from "./fine-lines.ts";
import { type Strip, type TracedLine, traceLine } from "./trace-line.ts";

/** Contrast (log units) of a rim with the skin beside it, at least. */
const RIM_CONTRAST = 0.05;
/**
 * Share of the lower half around an eye that a rim runs along without a gap, of each eye and of both together. Faces without
 * glasses reached .84 and 1.70 together at most, those with thin ones .86 and 1.86 at least.
 */
const CLOSED = { each: 0.78, both: 1.8 } as const;
/** Share of bridge and temples that must be seen for them to be kept. */
const SEEN = 0.6;

/** Steps of 5 degrees: twice around, so that a rim's ends meet. */
const STEPS_AROUND = 72;
const DISTANCES = 28;

/** Half width (over the face scale) of what is kept along a rim, and where it ends. */
const KEPT = [0.007, 0.012] as const;

/** Where glasses sit, in cells of the lines. */
interface Eye {
  readonly centre: readonly [number, number];
  /** Half axes of the ellipse with factor 1: towards the temple, and down the face. */
  readonly outwards: readonly [number, number];
  readonly down: readonly [number, number];
}

/**
 * Finds the frame of glasses by closed lines below both eyes, of either sign: wire without a dark bridge and light metal as
 * well. Returns how much of each cell belongs to rims, bridge and temples, or undefined where there are no glasses.
 * `mesh` is in cells of the lines.
 */
export function findRims(lines: FineLines, mesh: Float32Array): Plane | undefined {
  const eyes = EYES.map((_, n) => eyeOf(mesh, n, lines.scale));
  const strength = strengthIn(lines);
  const halves = eyes.map((eye) => share(traceLine(around(eye, -1, 38), strength)));
  const [left, right] = halves as [number, number];
  if (Math.min(left, right) < CLOSED.each || left + right < CLOSED.both) return undefined;
  const frame = createPlane(lines.width, lines.height);
  const rims = eyes.map((eye) => {
    const twice = traceLine(around(eye, -STEPS_AROUND / 2, 2 * STEPS_AROUND), strength);
    const [from, to] = [STEPS_AROUND / 2, (3 * STEPS_AROUND) / 2 + 1];
    return { points: twice.points.slice(from, to), strengths: twice.strengths.slice(from, to) };
  });
  for (const rim of rims) paintLine(frame, rim, lines.scale);
  for (const strip of [bridgeOf(rims, eyes), ...eyes.map((eye, n) => templeOf(rims[n]!, eye))]) {
    const line = traceLine(strip, strength);
    if (share(line) >= SEEN) paintLine(frame, line, lines.scale);
  }
  return frame;
}

/** Share of a line's steps at which there is a line. */
function share({ strengths }: TracedLine): number {
  return strengths.filter((v) => v > RIM_CONTRAST).length / strengths.length;
}

function strengthIn({ width, height, darkness }: FineLines): (x: number, y: number) => number {
  return (x, y) => {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    if (column < 0 || row < 0 || column >= width || row >= height) return 0;
    return Math.abs(darkness.data[row * width + column]!);
  };
}

function eyeOf(mesh: Float32Array, n: number, scale: number): Eye {
  const at = (i: number): [number, number] => [mesh[3 * i]!, mesh[3 * i + 1]!];
  const { lids } = EYES[n]!;
  const [outer, inner] = [at(lids[0]!), at(lids[8]!)];
  const [top, chin] = [at(POINT.foreheadTop), at(POINT.chin)];
  const length = Math.hypot(chin[0] - top[0], chin[1] - top[1]);
  const down = [0, 1].map((k) => (0.31 * scale * (chin[k]! - top[k]!)) / length);
  const outwards = [0, 1].map((k) => 2.05 * (outer[k]! - inner[k]!));
  // Rims sit a little below the eye's middle.
  const centre = [0, 1].map((k) => (outer[k]! + inner[k]!) / 2 + 0.04 * down[k]!);
  return { centre, outwards, down } as unknown as Eye;
}

/** Ellipses about an eye, in steps of 5 degrees from the temple over the cheek to the nose, each from near the lids to the cheek. */
function around({ centre, outwards, down }: Eye, first: number, length: number): Strip {
  return {
    length,
    breadth: DISTANCES,
    at(along, across) {
      const angle = ((first + along) * 2 * Math.PI) / STEPS_AROUND;
      const factor = 0.24 + (0.34 * across) / (DISTANCES - 1);
      const [u, v] = [factor * Math.cos(angle), factor * Math.sin(angle)];
      return [centre[0] + u * outwards[0] + v * down[0], centre[1] + u * outwards[1] + v * down[1]];
    },
  };
}

/** Ways from rim to rim over the nose. */
function bridgeOf(rims: readonly TracedLine[], eyes: readonly Eye[]): Strip {
  const [from, to] = rims.map((rim) => rim.points[STEPS_AROUND / 2]!) as [Pair, Pair];
  return beside(from, to, { down: eyes[0]!.down, above: 0.3, below: 0.2 });
}

/** Ways from a rim to the ear. */
function templeOf(rim: TracedLine, { outwards, down }: Eye): Strip {
  const from = rim.points[0]!;
  const to: Pair = [from[0] + 0.2 * outwards[0], from[1] + 0.2 * outwards[1]];
  return beside(from, to, { down, above: 0.3, below: 0.3 });
}

type Pair = readonly [number, number];

function beside(
  from: Pair,
  to: Pair,
  { down, above, below }: { readonly down: Pair; readonly above: number; readonly below: number },
): Strip {
  const breadth = 26;
  return {
    length: 20,
    breadth,
    at(along, across) {
      const t = along / 19;
      const v = -above + ((above + below) * across) / (breadth - 1);
      return [
        from[0] + t * (to[0] - from[0]) + v * down[0],
        from[1] + t * (to[1] - from[1]) + v * down[1],
      ];
    },
  };
}

/** Paints along a line where it is seen, and over gaps of a step or two. */
function paintLine(frame: Plane, { points, strengths }: TracedLine, scale: number): void {
  const [full, end] = KEPT.map((v) => v * scale) as [number, number];
  const isSeen = (k: number): boolean =>
    [-1, 0, 1].some((step) => (strengths[k + step] ?? 0) > RIM_CONTRAST);
  for (let k = 0; k + 1 < points.length; k++) {
    if (!isSeen(k) || !isSeen(k + 1)) continue;
    paintSegment(frame, points[k]!, points[k + 1]!, { full, end });
  }
}

function paintSegment(
  { width, height, data }: Plane,
  [ax, ay]: Pair,
  [bx, by]: Pair,
  { full, end }: { readonly full: number; readonly end: number },
): void {
  const [ux, uy] = [bx - ax, by - ay];
  const squared = Math.max(ux * ux + uy * uy, 1e-9);
  const right = Math.min(width - 1, Math.floor(Math.max(ax, bx) + end));
  const bottom = Math.min(height - 1, Math.floor(Math.max(ay, by) + end));
  for (let y = Math.max(0, Math.floor(Math.min(ay, by) - end)); y <= bottom; y++) {
    for (let x = Math.max(0, Math.floor(Math.min(ax, bx) - end)); x <= right; x++) {
      const [px, py] = [x + 0.5 - ax, y + 0.5 - ay];
      const t = Math.min(1, Math.max(0, (px * ux + py * uy) / squared));
      const away = Math.hypot(px - t * ux, py - t * uy);
      const i = y * width + x;
      data[i] = Math.max(data[i]!, 1 - smoothstep(full, end, away));
    }
  }
}
