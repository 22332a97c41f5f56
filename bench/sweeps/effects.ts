import {
  FOREHEAD,
  LEFT_CHEEK,
  LIPS_INNER,
  LIPS_OUTER,
  OVAL,
} from "../../src/fusion/face-regions.ts";
import { gaussianBlur } from "../../src/imaging/box-blur.ts";
import type { Picture } from "../../src/imaging/picture.ts";
import { lumaOf, maskOf, outlineIn, windowAround } from "../metrics/face-window.ts";
import { type Lab, labFromRgb } from "../metrics/lab.ts";
import { faceLength } from "../metrics/mesh-measures.ts";

const RIGHT_CHEEK = [346, 347, 348, 349, 329, 371, 423, 426, 427, 411, 376, 352];

/** Mean distance of the outline's points between two meshes, percent of the face length. */
export function outlineShift(mesh: ArrayLike<number>, template: ArrayLike<number>): number {
  const sum = OVAL.reduce(
    (total, i) =>
      total + Math.hypot(mesh[3 * i]! - template[3 * i]!, mesh[3 * i + 1]! - template[3 * i + 1]!),
    0,
  );
  return (100 * sum) / OVAL.length / faceLength(template);
}

/** Root mean square of a luma band on skin (cheeks and forehead), levels; blur radii over the face length. */
export function skinBand(
  picture: Picture,
  mesh: ArrayLike<number>,
  [fine, coarse]: readonly [number, number],
): number {
  const window = windowAround(mesh, 0.02, picture);
  const zones = [LEFT_CHEEK, RIGHT_CHEEK, FOREHEAD];
  const mask = maskOf(
    window,
    zones.map((zone) => outlineIn(window, mesh, zone)),
  ).data;
  const luma = lumaOf(picture, window);
  const length = faceLength(mesh);
  const near = fine === 0 ? luma : gaussianBlur(luma, fine * length);
  const far = gaussianBlur(luma, coarse * length);
  let [sum, count] = [0, 1e-6];
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    sum += (near.data[i]! - far.data[i]!) ** 2;
    count++;
  }
  return Math.sqrt(sum / count);
}

/** Mean Lab of the lips, or of what lies between them. */
export function mouthColour(
  picture: Picture,
  mesh: ArrayLike<number>,
  part: "lips" | "inside",
): Lab {
  const window = windowAround(mesh, 0.02, picture);
  const outer = maskOf(window, [outlineIn(window, mesh, LIPS_OUTER)]).data;
  const inner = maskOf(window, [outlineIn(window, mesh, LIPS_INNER)]).data;
  const sum = [0, 0, 0];
  let count = 1e-6;
  for (let i = 0; i < inner.length; i++) {
    if (part === "lips" ? !outer[i] || inner[i] : !inner[i]) continue;
    const x = window.x + (i % window.width);
    const at = 3 * ((window.y + Math.floor(i / window.width)) * picture.width + x);
    const lab = labFromRgb(picture.data[at]!, picture.data[at + 1]!, picture.data[at + 2]!);
    for (let c = 0; c < 3; c++) sum[c]! += lab[c]!;
    count++;
  }
  return sum.map((v) => v / count) as unknown as Lab;
}
