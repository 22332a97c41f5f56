import { OVAL } from "../../src/fusion/face-regions.ts";
import { fillPolygon } from "../../src/imaging/fill-polygon.ts";
import type { Picture, Rect } from "../../src/imaging/picture.ts";
import { createPlane, type Plane } from "../../src/imaging/plane.ts";
import { faceLength } from "./mesh-measures.ts";

/** The part of a picture around a face in which metrics are taken; whole pixels, inside the picture. */
export interface FaceWindow {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Bounding box of the 468 face points, px. */
export function meshBox(mesh: ArrayLike<number>): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < 468; i++) {
    left = Math.min(left, mesh[3 * i]!);
    right = Math.max(right, mesh[3 * i]!);
    top = Math.min(top, mesh[3 * i + 1]!);
    bottom = Math.max(bottom, mesh[3 * i + 1]!);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The mesh's box with a margin (in face lengths), clipped to the picture. */
export function windowAround(
  mesh: ArrayLike<number>,
  margin: number,
  picture: Picture,
): FaceWindow {
  const box = meshBox(mesh);
  const pad = margin * faceLength(mesh);
  const x = Math.min(Math.max(0, Math.floor(box.x - pad)), picture.width - 1);
  const y = Math.min(Math.max(0, Math.floor(box.y - pad)), picture.height - 1);
  const right = Math.min(picture.width, Math.ceil(box.x + box.width + pad));
  const bottom = Math.min(picture.height, Math.ceil(box.y + box.height + pad));
  return { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) };
}

/** Luma (0.299 R + 0.587 G + 0.114 B, 0..255) of a window. */
export function lumaOf(picture: Picture, window: FaceWindow): Plane {
  const plane = createPlane(window.width, window.height);
  for (let y = 0; y < window.height; y++) {
    let from = ((window.y + y) * picture.width + window.x) * 3;
    for (let x = 0; x < window.width; x++, from += 3) {
      const { data } = picture;
      plane.data[y * window.width + x] =
        0.299 * data[from]! + 0.587 * data[from + 1]! + 0.114 * data[from + 2]!;
    }
  }
  return plane;
}

/** Positions of mesh points in a window, x y interleaved. */
export function outlineIn(
  window: FaceWindow,
  mesh: ArrayLike<number>,
  points: readonly number[],
): Float64Array {
  return Float64Array.from(
    points.flatMap((i) => [mesh[3 * i]! - window.x, mesh[3 * i + 1]! - window.y]),
  );
}

/** Marks the cells of a window inside the given outlines with 1. */
export function maskOf(window: FaceWindow, outlines: readonly ArrayLike<number>[]): Plane {
  const mask = createPlane(window.width, window.height);
  for (const outline of outlines) fillPolygon(mask, outline);
  return mask;
}

/** Outline of the face in a window. */
export function ovalIn(window: FaceWindow, mesh: ArrayLike<number>): Float64Array {
  return outlineIn(window, mesh, OVAL);
}
