import {
  EYES,
  type EyeRegion,
  LIPS_INNER,
  LIPS_OUTER,
  POINT,
  RIGID,
} from "../../src/fusion/face-regions.ts";
import { applySimilarity, fitSimilarity } from "../../src/imaging/similarity-transform.ts";

/** Points of a face, x y z interleaved, px. */
type Mesh = ArrayLike<number>;

function distance(a: Mesh, i: number, b: Mesh, j: number): number {
  return Math.hypot(
    a[3 * i]! - b[3 * j]!,
    a[3 * i + 1]! - b[3 * j + 1]!,
    a[3 * i + 2]! - b[3 * j + 2]!,
  );
}

/** Length from the forehead's top to the chin in 3D, px: S, the unit of all radii of the metrics. */
export function faceLength(mesh: Mesh): number {
  return distance(mesh, POINT.foreheadTop, mesh, POINT.chin);
}

/** Degrees between two heads: angle of the rotation that best maps the rigid points of one to those of the other. */
export function poseDifferenceDeg(a: Mesh, b: Mesh): number {
  const { rotation } = fitSimilarity(a, b, RIGID);
  const trace = rotation[0]! + rotation[4]! + rotation[8]!;
  return (Math.acos(Math.min(1, Math.max(-1, (trace - 1) / 2))) * 180) / Math.PI;
}

/**
 * How far expressions differ: mean distance of the lips' and the lids' points after each part (mouth, left
 * eye, right eye) is laid over the other by its own 3D similarity, over the distance of b's outer eye corners.
 */
export function expressionDifference(a: Mesh, b: Mesh): number {
  const parts = [[...LIPS_OUTER, ...LIPS_INNER], ...EYES.map((eye) => [...eye.lids])];
  let [sum, count] = [0, 0];
  for (const part of parts) {
    const laid = applySimilarity(a, fitSimilarity(a, b, part));
    for (const point of part) sum += distance(laid, point, b, point);
    count += part.length;
  }
  return sum / count / distance(b, EYES[0].lids[0]!, b, EYES[1].lids[0]!);
}

/** Difference of the mouths' openings, each over its face length. */
export function mouthDifference(a: Mesh, b: Mesh): number {
  return Math.abs(mouthOpening(a) - mouthOpening(b));
}

function mouthOpening(mesh: Mesh): number {
  return distance(mesh, POINT.upperLipInner, mesh, POINT.lowerLipInner) / faceLength(mesh);
}

/** Difference of the eyes' aspect ratios (lid distance over eye width, in 3D), mean of both eyes. */
export function eyeDifference(a: Mesh, b: Mesh): number {
  const difference = (eye: EyeRegion): number => Math.abs(aspect(a, eye) - aspect(b, eye));
  return (difference(EYES[0]) + difference(EYES[1])) / 2;
}

function aspect(mesh: Mesh, { lids }: EyeRegion): number {
  const height =
    distance(mesh, lids[3]!, mesh, lids[13]!) + distance(mesh, lids[5]!, mesh, lids[11]!);
  return height / (2 * Math.max(distance(mesh, lids[0]!, mesh, lids[8]!), 1e-6));
}
