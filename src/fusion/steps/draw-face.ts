import { drawFaceCanvas } from "../face-canvas.ts";
import type { FaceWork } from "../fusion-work.ts";
import { lipsWithoutGap } from "../shape/lips-without-gap.ts";
import type { Step } from "../step.ts";

/** Brings both faces into the fused face's geometry. */
export const drawFace: Step<FaceWork> = {
  name: "draw-face",
  describe:
    "Draws the user's face, its mirror image and the template's own face in that mesh, with a z-buffer.",
  run(work) {
    const { pair } = work;
    work.canvas = drawFaceCanvas({
      template: work.picture,
      templateMesh: pair.templateFace.mesh,
      user: pair.user,
      userMesh: lipsWithoutGap(pair.userFace.mesh, pair.templateFace.mesh),
      targetMesh: work.targetMesh,
      topology: work.topology,
    });
  },
};
