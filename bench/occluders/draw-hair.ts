import { randomNumbers } from "../random-numbers.ts";
import type { FaceFrame } from "./face-frame.ts";
import { darkenAround, type OccluderLayer, paintStroke } from "./layer.ts";
import { smoothNoise } from "./noise.ts";
import { type Stroke, smoothLine } from "./strokes.ts";

/** Hair colours of the variants: black, dark brown, chestnut, red, blond, grey. */
const COLOURS = [
  [28, 24, 23],
  [58, 42, 33],
  [96, 66, 44],
  [128, 70, 40],
  [190, 156, 108],
  [140, 138, 136],
] as const;

/** Where locks start at the hairline and where they end, u; how many hairs, how wide the lock is at most. */
const LOCKS = [
  { from: 0.1, to: 0.2, end: 0.3, hairs: 34, width: 0.035 },
  { from: 0.2, to: 0.3, end: 0.62, hairs: 46, width: 0.05 },
  { from: 0.02, to: -0.02, end: 0.12, hairs: 14, width: 0.018 },
  { from: -0.22, to: -0.34, end: 0.55, hairs: 36, width: 0.04 },
] as const;

const SINGLE_HAIRS = 14;

/** Locks and single hairs that fall from the forehead over brow, eye and cheek; each hair with its own width and shade. */
export function drawHair(layer: OccluderLayer, frame: FaceFrame): void {
  const next = randomNumbers(0x9e37 + 101 * frame.seed);
  const between = (low: number, high: number): number => low + (high - low) * next();
  const colour = COLOURS[frame.seed % COLOURS.length]!;
  for (const lock of LOCKS) {
    const bend = between(-0.05, 0.05);
    const shadow = hairLine(frame, { ...lock, bend, offset: 0, radius: 0.4 * lock.width });
    darkenAround(layer, shadow, { reach: 0.02 * frame.scale, depth: 0.22 });
    for (let hair = 0; hair < lock.hairs; hair++) {
      const offset = between(-0.5, 0.5) * lock.width;
      const radius = between(0.0012, 0.0042);
      const line = hairLine(frame, {
        ...lock,
        bend: bend + between(-0.012, 0.012),
        offset,
        radius,
      });
      paintHair(layer, frame, line, { colour, shade: between(0.72, 1.25), seed: hair });
    }
  }
  for (let hair = 0; hair < SINGLE_HAIRS; hair++) {
    const from = between(-0.3, 0.3);
    const line = hairLine(frame, {
      ...{ from, to: from + between(-0.12, 0.12), end: between(0, 0.5), bend: between(-0.1, 0.1) },
      ...{ offset: 0, radius: between(0.0012, 0.003) },
    });
    paintHair(layer, frame, line, { colour, shade: between(0.7, 1.3), seed: 1000 + hair });
  }
}

function hairLine(
  frame: FaceFrame,
  way: {
    readonly from: number;
    readonly to: number;
    readonly end: number;
    readonly bend: number;
    readonly offset: number;
    readonly radius: number;
  },
): Stroke {
  const START = -0.5;
  const points = [0, 0.25, 0.5, 0.75, 1].map((t) => {
    // Hairs of a lock part in the middle and meet at the tip.
    const apart = way.offset * (0.6 + 1.4 * t * (1 - t)) * (1 - 0.75 * t ** 3);
    const u = way.from + t * (way.to - way.from) + way.bend * Math.sin(Math.PI * 1.3 * t) + apart;
    const [x, y] = frame.at(u * frame.hand, START + t * (way.end - START));
    const thin = 1 - 0.6 * t ** 4;
    return [x, y, Math.max(0.35, way.radius * frame.scale * thin)] as const;
  });
  return smoothLine(points, 7);
}

function paintHair(
  layer: OccluderLayer,
  frame: FaceFrame,
  line: Stroke,
  look: {
    readonly colour: readonly [number, number, number];
    readonly shade: number;
    readonly seed: number;
  },
): void {
  paintStroke(layer, line, ({ along }) => {
    // A band of gloss across all hairs, and a little unevenness along each.
    const gloss = 0.5 * Math.exp(-(((along - 0.35) / 0.12) ** 2));
    const uneven = 0.1 * smoothNoise(along * 40, 0, 3, look.seed);
    const light = frame.exposure * look.shade * (1 + gloss + uneven);
    return look.colour.map((v) => v * light + 8 * gloss) as [number, number, number];
  });
}
