import { rgbFromLab } from "../metrics/lab.ts";
import type { FaceFrame } from "./face-frame.ts";
import { areaAround, darken, type OccluderLayer, type Paint, paint } from "./layer.ts";
import { smoothNoise } from "./noise.ts";
import { coverage, placeBeside, type Stroke, smoothLine } from "./strokes.ts";

/** Fingers from index to little finger: knuckle, middle joint and tip as u v radius in face lengths. */
const FINGERS = [
  [
    [0.6, 0.3, 0.062],
    [0.24, 0.26, 0.056],
    [-0.16, 0.33, 0.045],
  ],
  [
    [0.62, 0.41, 0.062],
    [0.24, 0.37, 0.058],
    [-0.22, 0.42, 0.046],
  ],
  [
    [0.61, 0.52, 0.06],
    [0.24, 0.49, 0.055],
    [-0.18, 0.52, 0.044],
  ],
  [
    [0.58, 0.63, 0.052],
    [0.26, 0.61, 0.047],
    [-0.06, 0.615, 0.038],
  ],
] as const;

const PALM = [
  [0.62, 0.36, 0.14],
  [0.64, 0.62, 0.15],
  [0.78, 1.1, 0.16],
] as const;

/**
 * A hand over mouth and chin, coming from the side: four fingers like cylinders in light from above with creases and nails,
 * in the face's own skin a little darker and redder, as hands are.
 */
export function drawHand(layer: OccluderLayer, frame: FaceFrame): void {
  const palm = strokeOf(frame, PALM);
  shadowUnder(layer, frame, palm);
  paintSkin(layer, frame, palm, { hasNail: false, tone: 0.96, seed: frame.seed });
  // The little finger first: each casts its shadow on the one below.
  for (const [n, finger] of [...FINGERS].reverse().entries()) {
    const stroke = strokeOf(frame, finger);
    shadowUnder(layer, frame, stroke);
    paintSkin(layer, frame, stroke, { hasNail: true, tone: 1, seed: 31 * frame.seed + n });
  }
}

function strokeOf(
  frame: FaceFrame,
  points: readonly (readonly [number, number, number])[],
): Stroke {
  return smoothLine(
    points.map(([u, v, radius]) => {
      const [x, y] = frame.at(u * frame.hand, v);
      return [x, y, radius * frame.scale] as const;
    }),
  );
}

function boundsOf({ points }: Stroke, margin: number) {
  const widest = Math.max(...points.map(([, , radius]) => radius));
  return areaAround(points, widest + margin);
}

/** A soft shadow around a part, a little below it. */
function shadowUnder(layer: OccluderLayer, frame: FaceFrame, stroke: Stroke): void {
  const reach = 0.045 * frame.scale;
  darken(layer, boundsOf(stroke, 2 * reach), (x, y) => {
    const { toEdge } = placeBeside(stroke, x, y - 0.4 * reach);
    return 1 - 0.42 * Math.exp(-((Math.max(0, toEdge) / reach) ** 2) * 1.6);
  });
}

function paintSkin(
  layer: OccluderLayer,
  frame: FaceFrame,
  stroke: Stroke,
  look: { readonly hasNail: boolean; readonly tone: number; readonly seed: number },
): void {
  const { scale, skinLab } = frame;
  paint(layer, boundsOf(stroke, 2), (x, y): Paint | undefined => {
    const place = placeBeside(stroke, x, y);
    const alpha = coverage(place.toEdge);
    if (alpha === 0) return undefined;
    const round = Math.sqrt(Math.max(0, 1 - Math.min(1, place.across) ** 2));
    // Light from above: the upper edge of a finger that comes from the right is on its right side.
    const fromAbove = place.side * frame.hand;
    let lightness = skinLab[0] * look.tone * (0.7 + 0.26 * round + 0.07 * fromAbove) - 1;
    for (const crease of look.hasNail ? [0.42, 0.72] : [0.3]) {
      lightness -= 5 * Math.exp(-(((place.along - crease) / 0.012) ** 2));
      lightness -= 2 * Math.exp(-(((place.along - crease - 0.025) / 0.01) ** 2));
    }
    lightness += 1.6 * smoothNoise(x, y, 0.035 * scale, look.seed);
    lightness += 1.2 * smoothNoise(x, y, Math.max(1.5, 0.006 * scale), look.seed + 1);
    let [a, b] = [skinLab[1] + 2.5, skinLab[2] + 0.5];
    a += 1.2 * smoothNoise(x, y, 0.06 * scale, look.seed + 2) + 2 * (1 - round);
    if (look.hasNail && place.along > 0.9) {
      const onNail = 1 - ((place.along - 0.955) / 0.045) ** 2 - (place.side / 0.62) ** 2;
      if (onNail > 0) {
        lightness += 7 * Math.min(1, 4 * onNail);
        a += 2;
        b -= 3;
        lightness += 9 * Math.exp(-(((place.side - 0.25 * frame.hand) / 0.16) ** 2));
      }
    }
    return [alpha, ...rgbFromLab([Math.min(97, Math.max(4, lightness)), a, b])];
  });
}
