import { z } from "zod";
import { AppError } from "../base/app-error.ts";
import type { Rect } from "../imaging/picture.ts";

/** The wire's `FaceRect`: px of the upright picture. */
export const FACE_RECT = z.strictObject({
  X: z.int(),
  Y: z.int(),
  Width: z.int(),
  Height: z.int(),
});

/** A parsed {@link FACE_RECT}. */
export type WireRect = z.infer<typeof FACE_RECT>;

/** Sides that a rectangle may have, px. */
interface SideRange {
  readonly min: number;
  readonly max: number;
}

/** Smallest face rectangle of the API; the largest is the largest picture. */
const FACE_SIDES: SideRange = { min: 30, max: 8000 };
/** Largest logo of the API. */
const LOGO_SIDES: SideRange = { min: 1, max: 2160 };

/** Turns a face rectangle into ours; throws `face-rect-invalid` under 30 px or with a negative corner. */
export function faceRectFrom(rect: WireRect | undefined): Rect | undefined {
  return rect === undefined ? undefined : rectFrom(rect, FACE_SIDES);
}

/** Turns a logo's rectangle into ours; throws `face-rect-invalid` for an empty one or one over 2160 px. */
export function logoRectFrom(rect: WireRect): Rect {
  return rectFrom(rect, LOGO_SIDES);
}

function rectFrom({ X, Y, Width, Height }: WireRect, sides: SideRange): Rect {
  const isSide = (length: number): boolean => length >= sides.min && length <= sides.max;
  if (X < 0 || Y < 0 || !isSide(Width) || !isSide(Height)) {
    throw new AppError(
      "face-rect-invalid",
      `A rectangle needs a corner inside the picture and sides of ${sides.min} to ${sides.max} px.`,
    );
  }
  return { x: X, y: Y, width: Width, height: Height };
}
