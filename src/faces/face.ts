import type { Rect } from "../imaging/picture.ts";

/** Number of points of the attention mesh: 468 on the face, 5 on each iris. */
export const MESH_POINTS = 478;

/** The API's documented smallest face, width in px. */
export const MIN_FACE_PX = 34;

/** A face whose landmarks can be trusted. */
export interface Face {
  /** Bounding box of the 468 face points, px of the picture. */
  readonly box: Rect;
  /** Detector's score, 0..1. */
  readonly score01: number;
  /** In-plane turn of the head, clockwise on the screen positive. */
  readonly rollRad: number;
  /** The smaller face flag of both landmark passes, 0..1; at least 0.5 here. */
  readonly flag01: number;
  /** x y z of each of the {@link MESH_POINTS} points, px of the picture; z on the same scale, smaller = nearer. */
  readonly mesh: Float32Array;
}

/** A place where the detector saw a face that cannot be fused, and why. */
export interface RejectedFace {
  readonly box: Rect;
  readonly score01: number;
  readonly why: "landmarks-untrusted" | "too-small";
  /** The face, where nothing but its size speaks against it. */
  readonly face?: Face;
}

/** All that was found in a picture: usable faces by falling box area, and the others. */
export interface FoundFaces {
  readonly faces: readonly Face[];
  readonly rejected: readonly RejectedFace[];
}

/** What to look for. */
export interface FaceQuery {
  /** Stop the search from coarse to fine as soon as this many usable faces are known; `all` searches every level. */
  readonly wanted: number | "all";
  /** Rectangles given by the caller: only their surroundings are searched, at their scale. */
  readonly near?: readonly Rect[];
}
