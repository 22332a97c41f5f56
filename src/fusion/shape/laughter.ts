import { smoothstep } from "../../imaging/scalar.ts";
import { gapShare } from "./lips-without-gap.ts";
import { type Mesh, mouthWidth } from "./measure-face.ts";

/** Log of the ratio of both mouths' widths from which on, and up to which, the user laughs more than the template. */
const FROM_WIDER = 0.04;
const FULL_WIDER = 0.18;

/** How much more the user laughs than the template, 0..1: by the mouth's width or its opening. */
export function laughterShare(user: Mesh, template: Mesh): number {
  const wider = Math.log(mouthWidth(user) / mouthWidth(template));
  return Math.max(smoothstep(FROM_WIDER, FULL_WIDER, wider), gapShare(user, template));
}
