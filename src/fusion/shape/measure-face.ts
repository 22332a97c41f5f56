import type { Rect } from "../../imaging/picture.ts";
import { type EyeRegion, POINT } from "../face-regions.ts";

/** Points of a mesh, x y z interleaved. */
export type Mesh = Float32Array;

/** Distance between two mesh points in 3D. */
export function distance3(mesh: Mesh, i: number, j: number): number {
  return Math.hypot(
    mesh[3 * i]! - mesh[3 * j]!,
    mesh[3 * i + 1]! - mesh[3 * j + 1]!,
    mesh[3 * i + 2]! - mesh[3 * j + 2]!,
  );
}

/** Length of a face from the top of the forehead to the chin, px, in 3D: the unit of all radii of the engine. */
export function faceScale(mesh: Mesh): number {
  return distance3(mesh, POINT.foreheadTop, POINT.chin);
}

/** Unit vector from forehead to chin. */
export function faceDown(mesh: Mesh): [number, number, number] {
  const s = faceScale(mesh);
  return [0, 1, 2].map(
    (k) => (mesh[3 * POINT.chin + k]! - mesh[k + 3 * POINT.foreheadTop]!) / s,
  ) as [number, number, number];
}

/** Opening between the inner lips over the face scale. */
export function mouthGap(mesh: Mesh): number {
  return distance3(mesh, POINT.upperLipInner, POINT.lowerLipInner) / faceScale(mesh);
}

/** Mouth width over the face scale. */
export function mouthWidth(mesh: Mesh): number {
  return distance3(mesh, 61, 291) / faceScale(mesh);
}

/** Eye aspect ratio: lid distance over eye width, in 3D since 2D fails in profile (after Soukupova & Cech 2016). */
export function eyeOpenness(mesh: Mesh, eye: EyeRegion): number {
  const { lids } = eye;
  const height = distance3(mesh, lids[3]!, lids[13]!) + distance3(mesh, lids[5]!, lids[11]!);
  return height / (2 * Math.max(distance3(mesh, lids[0]!, lids[8]!), 1e-6));
}

/** Iris centre in the frame of the eye corners: 0 0 at the outer corner, 1 0 at the inner. */
export function gazeOf(mesh: Mesh, eye: EyeRegion): [number, number] {
  const [a, b, c] = [3 * eye.lids[0]!, 3 * eye.lids[8]!, 3 * eye.iris[0]!];
  const [ex, ey] = [mesh[b]! - mesh[a]!, mesh[b + 1]! - mesh[a + 1]!];
  const [px, py] = [mesh[c]! - mesh[a]!, mesh[c + 1]! - mesh[a + 1]!];
  const squared = Math.max(ex * ex + ey * ey, 1e-9);
  return [(px * ex + py * ey) / squared, (py * ex - px * ey) / squared];
}

/** Distance between two gazes in eye widths. The mirrored sign of the other eye's frame cancels out. */
export function gazeDifference(a: Mesh, b: Mesh, eye: EyeRegion): number {
  const [p, q] = [gazeOf(a, eye), gazeOf(b, eye)];
  return Math.hypot(p[0] - q[0], p[1] - q[1]);
}

/** Bounding box of the 468 face points, grown by a few pixels. */
export function boundsOf(mesh: Mesh): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < 468 * 3; i += 3) {
    left = Math.min(left, mesh[i]!);
    right = Math.max(right, mesh[i]!);
    top = Math.min(top, mesh[i + 1]!);
    bottom = Math.max(bottom, mesh[i + 1]!);
  }
  return { x: left - 4, y: top - 4, width: right - left + 8, height: bottom - top + 8 };
}
