import { EYES } from "../../src/fusion/face-regions.ts";
import type { FaceFrame } from "./face-frame.ts";
import { darkenAround, type OccluderLayer, paintStroke } from "./layer.ts";
import { type Stroke, smoothLine } from "./strokes.ts";

/** A frame's look: width of its lines in face lengths, how square the lenses are, colour and gloss. */
interface Look {
  readonly radius: number;
  /** Exponent of the superellipse: 2 is round, 4 nearly a rectangle. */
  readonly squareness: number;
  readonly colour: readonly [number, number, number];
  readonly gloss: number;
}

const THIN: readonly Look[] = [
  { radius: 0.0045, squareness: 2.2, colour: [70, 68, 66], gloss: 110 },
  { radius: 0.0045, squareness: 2.6, colour: [120, 96, 58], gloss: 90 },
  { radius: 0.005, squareness: 3, colour: [32, 32, 36], gloss: 60 },
];

const THICK: readonly Look[] = [
  { radius: 0.014, squareness: 3.2, colour: [22, 21, 22], gloss: 80 },
  { radius: 0.016, squareness: 2.6, colour: [64, 38, 24], gloss: 60 },
  { radius: 0.013, squareness: 3.6, colour: [26, 30, 58], gloss: 70 },
];

/** Glasses of metal wire. */
export function drawThinGlasses(layer: OccluderLayer, frame: FaceFrame): void {
  drawGlasses(layer, frame, THIN[frame.seed % THIN.length]!);
}

/** Glasses of thick plastic. */
export function drawThickGlasses(layer: OccluderLayer, frame: FaceFrame): void {
  drawGlasses(layer, frame, THICK[frame.seed % THICK.length]!);
}

function drawGlasses(layer: OccluderLayer, frame: FaceFrame, look: Look): void {
  const radius = Math.max(0.7, look.radius * frame.scale);
  const centres = EYES.map(({ lids }) => {
    const [a, b] = [frame.point(lids[0]!), frame.point(lids[8]!)];
    return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2] as const;
  });
  const [left, right] = centres as [readonly [number, number], readonly [number, number]];
  const apart = Math.hypot(right[0] - left[0], right[1] - left[1]);
  const along = [(right[0] - left[0]) / apart, (right[1] - left[1]) / apart] as const;
  const below = [-along[1], along[0]] as const;
  const place = (centre: readonly [number, number], u: number, v: number) =>
    [
      centre[0] + apart * (u * along[0] + v * below[0]),
      centre[1] + apart * (u * along[1] + v * below[1]),
    ] as const;
  const strokes: Stroke[] = centres.map((centre) => rimAround(centre, place, { look, radius }));
  const bridge = [-0.56, -0.5, -0.44].map((u, n) => {
    const [x, y] = place(right, u, n === 1 ? -0.09 : -0.05);
    return [x, y, radius * 1.1] as const;
  });
  strokes.push(smoothLine(bridge));
  for (const [n, ear] of [234, 454].entries()) {
    const [x, y] = place(n === 0 ? left : right, n === 0 ? -0.43 : 0.43, -0.06);
    const [ex, ey] = frame.point(ear);
    strokes.push({
      points: [
        [x, y, radius],
        [ex, ey - 0.02 * frame.scale, radius],
      ],
    });
  }
  const shadow = { reach: 0.012 * frame.scale, depth: 0.16 };
  for (const { points } of strokes) {
    const below = points.map(([x, y, r]) => [x, y + 1.2 * shadow.reach, r] as const);
    darkenAround(layer, { points: below }, shadow);
  }
  for (const stroke of strokes) paintFrame(layer, frame, stroke, look);
}

function rimAround(
  centre: readonly [number, number],
  place: (c: readonly [number, number], u: number, v: number) => readonly [number, number],
  { look, radius }: { readonly look: Look; readonly radius: number },
): Stroke {
  const points: [number, number, number][] = [];
  const bend = (v: number): number => Math.sign(v) * Math.abs(v) ** (2 / look.squareness);
  for (let n = 0; n <= 48; n++) {
    const angle = (n / 48) * 2 * Math.PI;
    const [x, y] = place(centre, 0.42 * bend(Math.cos(angle)), 0.06 + 0.33 * bend(Math.sin(angle)));
    // The upper rim of plastic frames is heavier.
    points.push([x, y, radius * (1 - 0.25 * Math.sin(angle))]);
  }
  return { points };
}

function paintFrame(layer: OccluderLayer, frame: FaceFrame, stroke: Stroke, look: Look): void {
  paintStroke(layer, stroke, (place) => {
    const shine =
      look.gloss *
      Math.exp(-(((place.side - 0.35) / 0.3) ** 2)) *
      (0.35 + 0.65 * Math.sin(7 * place.along) ** 2);
    const dark = 0.85 + 0.15 * (1 - place.across ** 2);
    return look.colour.map((v) => frame.exposure * (v * dark + shine)) as [number, number, number];
  });
}
