import { AppError } from "../base/app-error.ts";
import type { Rect } from "../imaging/picture.ts";
import { type Face, type FoundFaces, MIN_FACE_PX, type RejectedFace } from "./face.ts";
import { isInside, sharedArea01 } from "./rectangles.ts";

/** Which face is wanted. */
export interface FaceChoice {
  /** The caller's rectangle, px of the picture. */
  readonly rect?: Rect | undefined;
  /** Faces that are given away already; they count only where a rectangle asks for them. */
  readonly taken?: readonly Face[] | undefined;
}

/**
 * Chooses a face: with a rectangle the one of best overlap, else the one whose centre lies in it; without,
 * the largest not taken. A rectangle can vouch for a face just below the smallest size. Throws `face-not-found`, or `face-too-small` when only a too small face fits.
 */
export function chooseFace(found: FoundFaces, choice: FaceChoice = {}): Face {
  const { rect, taken = [] } = choice;
  const face = rect
    ? bestMatch([...found.faces, ...vouchedFor(found.rejected, rect)], rect)
    : found.faces.find((f) => !taken.includes(f));
  if (face !== undefined) return face;
  const rejected = rect ? bestMatch(found.rejected, rect) : found.rejected[0];
  throw noFace(rejected, taken.length > 0);
}

/** Overlaps below this are chance: a rectangle beside the face, or around a whole group. */
const MIN_SHARED_01 = 0.1;

function bestMatch<T extends { readonly box: Rect }>(
  faces: readonly T[],
  rect: Rect,
): T | undefined {
  const ranked = faces
    .map((face) => ({ face, shared01: sharedArea01(face.box, rect) }))
    .sort((p, q) => q.shared01 - p.shared01);
  const best = ranked[0];
  if (best !== undefined && best.shared01 >= MIN_SHARED_01) return best.face;
  return ranked.find(({ face }) => isInside(face.box, rect))?.face;
}

/** From this overlap on a rectangle and a mesh mean the same outline of a face. */
const SAME_OUTLINE_01 = 0.5;

/**
 * The faces that are only too small by our measure while the caller's rectangle says they are not. Two measures
 * of such a face differ by a tenth and more, so the caller's counts if the length of the mesh reaches the limit.
 */
function vouchedFor(rejected: readonly RejectedFace[], rect: Rect): Face[] {
  if (Math.min(rect.width, rect.height) < MIN_FACE_PX) return [];
  return rejected.flatMap(({ box, face }) => {
    const isLongEnough = Math.max(box.width, box.height) >= MIN_FACE_PX;
    return face && isLongEnough && sharedArea01(box, rect) >= SAME_OUTLINE_01 ? [face] : [];
  });
}

function noFace(rejected: RejectedFace | undefined, areOthersTaken: boolean): AppError {
  if (rejected === undefined) {
    const what = areOthersTaken ? "No further face" : "No face";
    return new AppError("face-not-found", `${what} was found in the picture.`);
  }
  const { box, why } = rejected;
  const details = { width: Math.round(box.width), height: Math.round(box.height), why };
  if (why === "too-small") {
    return new AppError("face-too-small", "The face in the picture is smaller than 34 px.", {
      details,
    });
  }
  return new AppError(
    "face-not-found",
    "A face was seen, but it is turned away or covered too much.",
    { details },
  );
}
