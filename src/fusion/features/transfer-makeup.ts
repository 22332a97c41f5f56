import { gaussianBlur } from "../../imaging/box-blur.ts";
import { convexHull, type Outline, scaleOutline } from "../../imaging/fill-polygon.ts";
import { writeLevels, writeLogOpponent } from "../../imaging/log-opponent.ts";
import { createPlane, type Plane } from "../../imaging/plane.ts";
import { clamp } from "../../imaging/scalar.ts";
import { forEachMasked, type SoftMask, softMaskOf } from "../../imaging/soft-mask.ts";
import type { FaceLayer } from "../face-layer.ts";
import {
  EYES,
  LEFT_BROW,
  LEFT_CHEEK,
  LEFT_EYE_AND_BROW,
  LIPS_INNER,
  LIPS_OUTER,
  RIGHT_BROW,
} from "../face-regions.ts";
import { faceScale } from "../shape/measure-face.ts";
import { outlineOf } from "../skin/face-zones.ts";

/** How a zone takes the template's make-up over. */
interface MakeupZone {
  readonly outline: Outline;
  /** Softness of the zone's edge, over the face scale. */
  readonly edge: number;
  /** Parts left out, with a sharp edge. */
  readonly without?: readonly Outline[];
  /** Shares of the template's brightness and of its colour, 0..1. */
  readonly luma: number;
  readonly chroma: number;
  /** What is finer than this (over the face scale) stays the user's. */
  readonly finest: number;
}

/** Largest change of one plane, log units: more is no make-up but a catch-light or a gap. */
const MAX_CHANGE = 1.6;

/**
 * Brings the template's lip colour, eye shadow and liner, brows and blush over to the fused face: the difference between
 * the two faces, which lie in one geometry here, at the scale that make-up has in each zone.
 */
export function transferMakeup(layer: FaceLayer, mirror: ArrayLike<number>): void {
  for (const zone of makeupZones(layer, mirror)) transferZone(layer, zone);
}

function makeupZones(layer: FaceLayer, mirror: ArrayLike<number>): MakeupZone[] {
  const { mesh } = layer.canvas;
  const hull = (points: readonly number[]): Outline => convexHull(outlineOf(mesh, points));
  const bothSides = (points: readonly number[]): Outline[] => [
    hull(points),
    hull(points.map((i) => mirror[i]!)),
  ];
  const eyes = EYES.map(({ lids }) => scaleOutline(outlineOf(mesh, lids), 0.95));
  const cheek = { edge: 0.035, luma: 0.25, chroma: 0.75, finest: 0.03 };
  const shadow = { edge: 0.015, luma: 0.6, chroma: 0.85, finest: 0.006, without: eyes };
  const brow = { edge: 0.01, luma: 0.8, chroma: 0.85, finest: 0 };
  const lips = { edge: 0.005, luma: 0.9, chroma: 0.95, finest: 0.012 };
  return [
    ...bothSides(LEFT_CHEEK).map((outline) => ({ outline, ...cheek })),
    ...bothSides(LEFT_EYE_AND_BROW).map((outline) => ({ outline, ...shadow })),
    ...[LEFT_BROW, RIGHT_BROW].map((points) => ({
      outline: scaleOutline(hull(points), 1.1),
      ...brow,
    })),
    { outline: outlineOf(mesh, LIPS_OUTER), without: [outlineOf(mesh, LIPS_INNER)], ...lips },
  ];
}

function transferZone(layer: FaceLayer, zone: MakeupZone): void {
  const { canvas, rgb } = layer;
  const scale = faceScale(canvas.mesh);
  const mask = softMaskOf(zone.outline, zone.edge * scale, canvas);
  if (!mask) return;
  for (const hole of zone.without ?? []) cutOut(mask, softMaskOf(hole, 0.003 * scale, canvas));
  const change = differences(layer, mask).map((plane) => gaussianBlur(plane, zone.finest * scale));
  const shares = [zone.luma, zone.chroma, zone.chroma];
  const colour = new Float32Array(3);
  forEachMasked(mask, canvas.width, (pixel, value, cell) => {
    writeLogOpponent(colour, 0, rgb, 3 * pixel);
    for (let c = 0; c < 3; c++) {
      const limited = clamp(change[c]!.data[cell]!, -MAX_CHANGE, MAX_CHANGE);
      colour[c]! += value * shares[c]! * limited;
    }
    writeLevels(colour, 0, rgb, 3 * pixel);
  });
}

/** Y A B of the template's face minus the fused one's, in the mask's window. */
function differences({ canvas, rgb, template }: FaceLayer, { x, y, plane }: SoftMask): Plane[] {
  const planes = [0, 1, 2].map(() => createPlane(plane.width, plane.height));
  const [own, given] = [new Float32Array(3), new Float32Array(3)];
  for (let cell = 0; cell < plane.data.length; cell++) {
    const column = x + (cell % plane.width);
    const pixel = (y + Math.floor(cell / plane.width)) * canvas.width + column;
    writeLogOpponent(own, 0, rgb, 3 * pixel);
    writeLogOpponent(given, 0, template, 3 * pixel);
    for (let c = 0; c < 3; c++) planes[c]!.data[cell] = given[c]! - own[c]!;
  }
  return planes;
}

/** Takes a hole out of a mask. */
function cutOut(mask: SoftMask, hole: SoftMask | undefined): void {
  if (!hole) return;
  const { width, height } = mask.plane;
  forEachMasked(hole, width, (_, value, cell) => {
    const x = hole.x + (cell % hole.plane.width) - mask.x;
    const y = hole.y + Math.floor(cell / hole.plane.width) - mask.y;
    if (x < 0 || y < 0 || x >= width || y >= height) return;
    mask.plane.data[y * width + x]! *= 1 - value;
  });
}
