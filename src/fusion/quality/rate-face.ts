import { clamp, mix, smoothstep } from "../../imaging/scalar.ts";
import { fitSimilarity } from "../../imaging/similarity-transform.ts";
import { RIGID } from "../face-regions.ts";
import type { FaceWork } from "../fusion-work.ts";
import { faceScale, type Mesh } from "../shape/measure-face.ts";

/**
 * Estimates how good a fused face is, 0..1, from what the engine knows before anybody has looked: how much of the face the
 * user's photo shows, how far its pose is from the template's, how far it had to be enlarged, and how well the finder
 * trusts both faces. Above 0.7 results are usually convincing, below 0.3 they show mostly the template.
 */
export function rateFace(work: FaceWork): number {
  const { user, userFace, templateFace } = work.pair;
  const shown = shownShare(work);
  const turn = turnBetween(userFace.mesh, templateFace.mesh);
  const enlargement = faceScale(templateFace.mesh) / faceScale(userFace.mesh);
  const inside = insideShare(userFace.mesh, user) * insideShare(templateFace.mesh, work.picture);
  const factors = [
    smoothstep(0.05, 0.75, shown),
    mix(1, 0.25, smoothstep(0.35, 1.2, turn)),
    mix(1, 0.3, smoothstep(1, 3, Math.log2(Math.max(1, enlargement)))),
    mix(0.2, 1, smoothstep(0.6, 0.98, inside)),
    mix(0.5, 1, smoothstep(0.5, 0.9, Math.min(userFace.flag01, templateFace.flag01))),
  ];
  return clamp(
    factors.reduce((product, factor) => product * factor, 1),
    0,
    1,
  );
}

/** Share of the face that shows the user: both halves of the photo, less what stays in front. */
function shownShare({ grid, weights, occluders }: FaceWork): number {
  let [sum, total] = [0, 1e-6];
  for (let i = 0; i < grid.covered.data.length; i++) {
    const covered = grid.covered.data[i]!;
    const taken = weights.user.data[i]! + 0.7 * weights.mirrored.data[i]!;
    sum += covered * Math.min(1, taken) * (1 - occluders.template.data[i]!);
    total += covered;
  }
  return sum / total;
}

/** Angle in radians of the rotation between two heads. */
export function turnBetween(from: Mesh, to: Mesh): number {
  const { rotation } = fitSimilarity(from, to, RIGID);
  const trace = rotation[0]! + rotation[4]! + rotation[8]!;
  return Math.acos(clamp((trace - 1) / 2, -1, 1));
}

/** Share of a mesh's points that lie inside the picture. */
function insideShare(
  mesh: Mesh,
  { width, height }: { readonly width: number; readonly height: number },
): number {
  let inside = 0;
  for (let i = 0; i < mesh.length; i += 3) {
    const [x, y] = [mesh[i]!, mesh[i + 1]!];
    if (x >= 0 && y >= 0 && x < width && y < height) inside++;
  }
  return inside / (mesh.length / 3);
}
