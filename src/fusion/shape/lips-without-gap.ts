import { mix, smoothstep } from "../../imaging/scalar.ts";
import { LOWER_LIP_RINGS, MOUTH_CORNERS, UPPER_LIP_RINGS } from "../face-regions.ts";
import { type Mesh, mouthGap } from "./measure-face.ts";

/** How far the inner contour moves towards the next ring of its lip where the user's mouth is much wider open. */
const DEEPEST = 0.5;
/** Difference of both openings (over the face scale) from which on, and up to which, the contour moves. */
const FROM_GAP = 0.008;
const FULL_GAP = 0.035;

/** 0 when the user's mouth is not wider open than the template's, 1 when it is by far. */
export function gapShare(user: Mesh, template: Mesh): number {
  return smoothstep(FROM_GAP, FULL_GAP, mouthGap(user) - mouthGap(template));
}

/** The same where the template's mouth is open and the user's is not, or hardly. */
function lineShare(user: Mesh, template: Mesh): number {
  const isClosed = 1 - smoothstep(CLOSED_GAP, 2 * CLOSED_GAP, mouthGap(user));
  return isClosed * gapShare(template, user);
}

/** Up to this gap (over the face scale) lips meet in a dark line. */
const CLOSED_GAP = 0.012;

/**
 * The user's mesh for looking up lip pixels, with the inner contour taken a little inside the lips where both mouths do not
 * do the same. Landmarks are a pixel or two loose there: of a mouth that is wider open than the template's a line of teeth
 * or of the dark between them would end up on lips that are closed, and the dark line of closed lips would frame the
 * template's teeth. Returns the same mesh when there is nothing to move.
 */
export function lipsWithoutGap(user: Mesh, template: Mesh): Mesh {
  const share = DEEPEST * Math.max(gapShare(user, template), lineShare(user, template));
  if (share === 0) return user;
  const moved = user.slice();
  const move = (inner: number, next: number): void => {
    for (let k = 0; k < 3; k++) {
      moved[3 * inner + k] = mix(user[3 * inner + k]!, user[3 * next + k]!, share);
    }
  };
  for (const rings of [UPPER_LIP_RINGS, LOWER_LIP_RINGS]) {
    for (const [column, inner] of rings[3].entries()) move(inner, rings[2][column]!);
  }
  for (const corner of MOUTH_CORNERS) move(corner[3], corner[2]);
  return moved;
}
