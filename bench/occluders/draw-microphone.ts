import type { FaceFrame } from "./face-frame.ts";
import { areaAround, darken, type OccluderLayer, type Paint, paint } from "./layer.ts";
import { smoothNoise } from "./noise.ts";
import { coverage, placeBeside, type Stroke } from "./strokes.ts";

/** Radius of the head, face lengths. */
const HEAD = 0.115;

/** A dark stage microphone before mouth and chin: a grille like a ball with a highlight, and a handle from below. */
export function drawMicrophone(layer: OccluderLayer, frame: FaceFrame): void {
  const { scale, hand } = frame;
  const [cx, cy] = frame.at(0.03 * hand, 0.46);
  const [hx, hy] = frame.at(0.3 * hand, 1.25);
  const radius = HEAD * scale;
  const length = Math.hypot(hx - cx, hy - cy);
  const [dx, dy] = [(hx - cx) / length, (hy - cy) / length];
  const handle: Stroke = {
    points: [
      [cx + 0.9 * radius * dx, cy + 0.9 * radius * dy, 0.062 * scale],
      [hx, hy, 0.042 * scale],
    ],
  };
  const ball: Stroke = {
    points: [
      [cx - 0.15 * radius * dx, cy - 0.15 * radius * dy, radius],
      [cx + 0.3 * radius * dx, cy + 0.3 * radius * dy, 0.94 * radius],
    ],
  };
  const reach = 0.06 * scale;
  for (const part of [handle, ball]) {
    darken(layer, boundsOf(part, radius + 2 * reach), (x, y) => {
      const { toEdge } = placeBeside(part, x, y - 0.3 * reach);
      return 1 - 0.35 * Math.exp(-((Math.max(0, toEdge) / reach) ** 2) * 1.5);
    });
  }
  paintHandle(layer, frame, handle);
  paintGrille(layer, frame, { ball, centre: [cx, cy], radius });
}

function boundsOf({ points }: Stroke, margin: number) {
  return areaAround(points, margin);
}

function paintHandle(layer: OccluderLayer, frame: FaceFrame, handle: Stroke): void {
  paint(layer, boundsOf(handle, 0.08 * frame.scale), (x, y): Paint | undefined => {
    const { toEdge, side } = placeBeside(handle, x, y);
    const alpha = coverage(toEdge);
    if (alpha === 0) return undefined;
    const shine = 70 * Math.exp(-(((side - 0.4) / 0.14) ** 2));
    const v = frame.exposure * (24 + 10 * (1 - side ** 2) + shine);
    return [alpha, v, v, 1.03 * v];
  });
}

function paintGrille(
  layer: OccluderLayer,
  frame: FaceFrame,
  look: {
    readonly ball: Stroke;
    readonly centre: readonly [number, number];
    readonly radius: number;
  },
): void {
  const { ball, centre, radius } = look;
  const mesh = Math.max(2.2, 0.012 * frame.scale);
  paint(layer, boundsOf(ball, radius + 2), (x, y): Paint | undefined => {
    const { toEdge } = placeBeside(ball, x, y);
    const alpha = coverage(toEdge);
    if (alpha === 0) return undefined;
    const [u, v] = [(x - centre[0]) / radius, (y - centre[1]) / radius];
    const wire =
      Math.abs(Math.sin((Math.PI * (x + y)) / mesh)) *
      Math.abs(Math.sin((Math.PI * (x - y)) / mesh));
    const round = Math.max(0, 1 - 0.6 * (u * u + v * v));
    const shine = 120 * Math.exp(-(((u + 0.35) / 0.28) ** 2) - ((v + 0.4) / 0.28) ** 2);
    const ring = Math.abs(v - 0.25) < 0.07 ? 34 : 0;
    const grain = 4 * smoothNoise(x, y, 2, frame.seed);
    const value =
      frame.exposure * ((30 + 42 * round) * (0.5 + 0.7 * wire) + shine * wire + ring + grain);
    return [alpha, value, value, 1.02 * value];
  });
}
