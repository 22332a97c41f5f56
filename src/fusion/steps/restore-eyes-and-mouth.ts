import type { Plane } from "../../imaging/plane.ts";
import type { EyeRegion } from "../face-regions.ts";
import { EYES } from "../face-regions.ts";
import { calmSmile } from "../features/calm-smile.ts";
import { restoreEyes } from "../features/restore-eyes.ts";
import { restoreLipLine } from "../features/restore-lip-line.ts";
import { restoreLips } from "../features/restore-lips.ts";
import { restoreMouthInterior } from "../features/restore-mouth.ts";
import type { FaceWork } from "../fusion-work.ts";
import type { Step } from "../step.ts";

/** Puts the right eyes and the template's mouth interior into the face. */
export const restoreEyesAndMouth: Step<FaceWork> = {
  name: "restore-features",
  describe:
    "Keeps closed lids closed, chooses whose eyes are seen, recolours irises, keeps the template's teeth and tongue.",
  run(work) {
    const { pair, layer } = work;
    restoreEyes(layer, {
      templateMesh: pair.templateFace.mesh,
      userMesh: pair.userFace.mesh,
      user: pair.user,
      tuning: work.tuning,
      userShare: Math.min(...EYES.map((eye) => work.weights.user.data[cellOf(work, eye)]!)),
      // The mean of both eyes: two irises of one face have one colour, even where the light differs.
      shiftAt: () => {
        const cells = EYES.map((eye) => cellOf(work, eye));
        const { shiftY, shiftA, shiftB } = work.userLight;
        const mean = (plane: Plane): number =>
          cells.reduce((sum, cell) => sum + plane.data[cell]! / cells.length, 0);
        return [mean(shiftY), mean(shiftA), mean(shiftB)];
      },
    });
    const meshes = { user: pair.userFace.mesh, template: pair.templateFace.mesh };
    calmSmile(layer, meshes);
    restoreLips(layer, { ...meshes, brightening: lipBrightening(work) });
    restoreLipLine(layer, meshes);
    restoreMouthInterior(layer, pair.templateFace.mesh);
  },
};

/** Mean of what the light match adds to the luma of the user's lips, log units. */
function lipBrightening({ zones, userLight }: FaceWork): number {
  let [sum, count] = [0, 0];
  for (let i = 0; i < zones.lips.data.length; i++) {
    if (zones.lips.data[i] === 0) continue;
    sum += userLight.shiftY.data[i]!;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** Grid cell at the middle between an eye's corners, kept inside the grid. */
function cellOf(work: FaceWork, eye: EyeRegion): number {
  const { mesh, width, height } = work.grid;
  const [a, b] = [3 * eye.lids[0]!, 3 * eye.lids[8]!];
  const x = Math.floor((mesh[a]! + mesh[b]!) / 2);
  const y = Math.floor((mesh[a + 1]! + mesh[b + 1]!) / 2);
  return Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x));
}
