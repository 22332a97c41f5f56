import type { Rect } from "../imaging/picture.ts";
import type { FaceRegion } from "./face-region.ts";

/** Outer eye corners: the line that MediaPipe's face landmark graph takes roll from. */
const EYE_CORNERS = [33, 263] as const;

/** Points of the face itself, without the irises. */
const FACE_POINTS = 468;

/** The region of a mesh: the box of its face points along the line of the eyes, turned with it. */
export function regionOfMesh(mesh: Float32Array, score01: number): FaceRegion {
  const [right, left] = EYE_CORNERS;
  const rollRad = Math.atan2(
    mesh[left * 3 + 1]! - mesh[right * 3 + 1]!,
    mesh[left * 3]! - mesh[right * 3]!,
  );
  const cos = Math.cos(rollRad);
  const sin = Math.sin(rollRad);
  const box = boundsOf(mesh, (x, y) => [cos * x + sin * y, cos * y - sin * x]);
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  return {
    centre: [cos * x - sin * y, sin * x + cos * y],
    sidePx: Math.max(box.width, box.height),
    rollRad,
    score01,
  };
}

/** Mean distance of two meshes' face points, px of the picture. */
export function meanShift(from: Float32Array, to: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < FACE_POINTS * 3; i += 3) {
    sum += Math.hypot(to[i]! - from[i]!, to[i + 1]! - from[i + 1]!);
  }
  return sum / FACE_POINTS;
}

/** Corners of the right and of the left eye. */
const EYES = [
  [33, 133],
  [263, 362],
] as const;

/** How wide the narrower eye is beside the wider one, 0..1: about 1 from the front, 0.4 at 50 degrees of yaw. */
export function eyeBalance01(mesh: Float32Array): number {
  const [right, left] = EYES.map(([p, q]) =>
    Math.hypot(mesh[p * 3]! - mesh[q * 3]!, mesh[p * 3 + 1]! - mesh[q * 3 + 1]!),
  ) as [number, number];
  return Math.min(right, left) / Math.max(right, left, 1e-6);
}

/** The upright bounding box of a mesh's face points, px of the picture. */
export function boxOfMesh(mesh: Float32Array): Rect {
  return boundsOf(mesh, (x, y) => [x, y]);
}

function boundsOf(
  mesh: Float32Array,
  move: (x: number, y: number) => readonly [number, number],
): Rect {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < FACE_POINTS * 3; i += 3) {
    const [x, y] = move(mesh[i]!, mesh[i + 1]!);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}
