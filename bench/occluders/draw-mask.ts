import { gaussianBlur } from "../../src/imaging/box-blur.ts";
import { fillPolygon } from "../../src/imaging/fill-polygon.ts";
import { createPlane } from "../../src/imaging/plane.ts";
import type { FaceFrame } from "./face-frame.ts";
import { areaAround, darken, type OccluderLayer, type Paint, paint } from "./layer.ts";
import { smoothNoise } from "./noise.ts";
import { coverage, placeBeside, type Stroke, smoothLine } from "./strokes.ts";

/** Mesh points of the mask's edge: over the nose from cheek to cheek, then along the jaw. */
const UPPER = [132, 123, 117, 114, 197, 343, 346, 352, 361] as const;
const LOWER = [288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58] as const;

/** Surgical masks: light blue, white, green-blue, black. */
const COLOURS = [
  [160, 200, 222],
  [226, 228, 230],
  [150, 204, 196],
  [44, 44, 48],
] as const;

/** A surgical mask from the nose to below the chin, with three pleats, a wire over the nose and loops to the ears. */
export function drawMask(layer: OccluderLayer, frame: FaceFrame): void {
  const outline = edgeOf(frame);
  const { scale } = frame;
  const colour = COLOURS[frame.seed % COLOURS.length]!;
  for (const [corner, ear] of [
    [132, 234],
    [361, 454],
  ] as const) {
    const [x, y] = frame.point(corner);
    const [ex, ey] = frame.point(ear);
    const loop = smoothLine([
      [x, y, 0.006 * scale],
      [(x + ex) / 2, (y + ey) / 2 - 0.02 * scale, 0.006 * scale],
      [ex, ey, 0.006 * scale],
    ]);
    paint(layer, areaAround(loop.points, 0.05 * scale), (px, py) => {
      const alpha = coverage(placeBeside(loop, px, py).toEdge);
      return alpha === 0 ? undefined : [alpha, ...scaled(colour, frame.exposure)];
    });
  }
  const area = areaAround(outline, 0.08 * scale);
  const inside = createPlane(layer.width, layer.height);
  fillPolygon(
    inside,
    outline.flatMap((point) => point.slice(0, 2)),
  );
  const shadow = gaussianBlur(inside, 0.02 * scale).data;
  const soft = gaussianBlur(inside, 0.6).data;
  const at = (x: number, y: number): number => Math.floor(y) * layer.width + Math.floor(x);
  darken(layer, area, (x, y) => 1 - 0.3 * shadow[at(x, y)]!);
  const [left, right] = [frame.point(132), frame.point(361)];
  const width = Math.hypot(right[0] - left[0], right[1] - left[1]);
  const [nose, chin] = [frame.point(197), frame.point(152)];
  const height = Math.hypot(chin[0] - nose[0], chin[1] - nose[1]);
  paint(layer, area, (x, y): Paint | undefined => {
    const alpha = soft[at(x, y)]!;
    if (alpha <= 0.02) return undefined;
    const u =
      ((x - left[0]) * (right[0] - left[0]) + (y - left[1]) * (right[1] - left[1])) / width ** 2;
    const v =
      ((x - nose[0]) * (chin[0] - nose[0]) + (y - nose[1]) * (chin[1] - nose[1])) / height ** 2;
    let light = 0.78 + 0.26 * Math.sin(Math.PI * Math.min(1, Math.max(0, u)));
    for (const pleat of [0.42, 0.62, 0.82]) {
      const away = v - pleat - 0.08 * (u - 0.5) ** 2;
      light -= 0.2 * Math.exp(-((away / 0.018) ** 2));
      light += 0.1 * Math.exp(-(((away + 0.035) / 0.025) ** 2));
    }
    light -= 0.08 * Math.exp(-(((v - 0.06) / 0.015) ** 2));
    light += 0.035 * smoothNoise(x, y, 0.08 * scale, frame.seed);
    light += 0.025 * smoothNoise(x, y, Math.max(1.5, 0.005 * scale), frame.seed + 7);
    return [alpha, ...scaled(colour, light * frame.exposure)];
  });
}

function edgeOf(frame: FaceFrame): Stroke["points"] {
  const [cx, cy] = frame.at(0, 0.3);
  const wide = LOWER.map((i) => {
    const [x, y] = frame.point(i);
    // A mask stands off the jaw a little.
    return [cx + 1.05 * (x - cx), cy + 1.05 * (y - cy), 0] as const;
  });
  const upper = UPPER.map((i) => [...frame.point(i), 0] as const);
  return smoothLine([...upper, ...wide, upper[0]!], 6).points;
}

function scaled(colour: readonly number[], factor: number): [number, number, number] {
  return colour.map((v) => Math.min(250, v * factor)) as [number, number, number];
}
