import { distanceTransform } from "../../src/imaging/distance-transform.ts";
import { smoothstep } from "../../src/imaging/scalar.ts";
import { faceLength } from "../metrics/mesh-measures.ts";
import type { Baseline } from "./baseline.ts";
import { copyPicture, warpFace } from "./warp-face.ts";

/** Width of the soft edge, in face lengths. */
const FEATHER = 0.08;

/** The user's face warped onto the template's, with a soft edge and no change of colour. */
export const rawPaste: Baseline = {
  name: "raw-paste",
  fuse(template, pairs, triangles) {
    const result = copyPicture(template);
    for (const pair of pairs) {
      const { window, rgb, covered } = warpFace(template, pair, triangles);
      const feather = FEATHER * faceLength(pair.templateMesh);
      const distance = distanceTransform(window, (i) => covered[i] === 0).data;
      for (let at = 0; at < covered.length; at++) {
        if (!covered[at]) continue;
        const alpha = smoothstep(0, feather, distance[at]!);
        const y = Math.floor(at / window.width);
        const to = ((window.y + y) * result.width + window.x + at - y * window.width) * 3;
        for (let c = 0; c < 3; c++) {
          result.data[to + c] = Math.round(
            result.data[to + c]! + alpha * (rgb[3 * at + c]! - result.data[to + c]!),
          );
        }
      }
    }
    return result;
  },
};
