import { CHIN, FOREHEAD, LEFT_CHEEK, NOSE } from "../../src/fusion/face-regions.ts";
import { gaussianBlur } from "../../src/imaging/box-blur.ts";
import { convexHull } from "../../src/imaging/fill-polygon.ts";
import type { Picture } from "../../src/imaging/picture.ts";
import { createPlane, type Plane } from "../../src/imaging/plane.ts";
import { maskOf, outlineIn, windowAround } from "./face-window.ts";
import { labFromRgb } from "./lab.ts";
import { faceLength } from "./mesh-measures.ts";

const RIGHT_CHEEK = [346, 347, 348, 349, 329, 371, 423, 426, 427, 411, 376, 352];

/** Size of a blotch over the face length: coarser than pores, finer than the light's own fall-off. */
const FINEST = 0.02;
const COARSEST = 0.1;
/** Differences that nobody notices, in Lab units: lightness, and each colour axis. */
const UNSEEN = { lightness: 3, colour: 1.5 } as const;

/**
 * Blotches on a face's skin: root mean square, over cheeks, nose, forehead and chin, of what the middle band (0.02 to 0.1
 * face lengths) of lightness and of both colour axes exceeds the unseen by. Colour counts twice: an even face with a grey
 * or orange patch looks ill, one with a shade does not. About 1 for a young face in soft light, 3 for a patchy one.
 */
export function blotchiness(picture: Picture, mesh: ArrayLike<number>): number {
  const window = windowAround(mesh, 0.02, picture);
  const zones = [LEFT_CHEEK, RIGHT_CHEEK, NOSE, FOREHEAD, CHIN];
  const mask = maskOf(
    window,
    zones.map((zone) => convexHull(outlineIn(window, mesh, zone))),
  );
  const { width, height } = window;
  const planes = [0, 1, 2].map(() => createPlane(width, height));
  for (let i = 0; i < width * height; i++) {
    if (mask.data[i] === 0) continue;
    const at = 3 * ((window.y + Math.floor(i / width)) * picture.width + window.x + (i % width));
    const lab = labFromRgb(picture.data[at]!, picture.data[at + 1]!, picture.data[at + 2]!);
    for (let c = 0; c < 3; c++) planes[c]!.data[i] = lab[c]!;
  }
  const length = faceLength(mesh);
  const bands = planes.map((plane) => middleBand(plane, mask, length));
  let [sum, count] = [0, 1e-6];
  for (let i = 0; i < width * height; i++) {
    if (mask.data[i] === 0) continue;
    const lightness = Math.max(0, Math.abs(bands[0]![i]!) - UNSEEN.lightness);
    const a = Math.max(0, Math.abs(bands[1]![i]!) - UNSEEN.colour);
    const b = Math.max(0, Math.abs(bands[2]![i]!) - UNSEEN.colour);
    sum += lightness ** 2 + 4 * (a ** 2 + b ** 2);
    count++;
  }
  return Math.sqrt(sum / count);
}

/** Difference of two blurs, both of the masked cells only. */
function middleBand(plane: Plane, mask: Plane, length: number): Float32Array {
  const [fine, coarse] = [FINEST, COARSEST].map((share) => {
    const [sum, weight] = [plane, mask].map((p) => gaussianBlur(p, share * length));
    return sum!.data.map((v, i) => v / Math.max(weight!.data[i]!, 1e-3));
  });
  return fine!.map((v, i) => v - coarse![i]!);
}
