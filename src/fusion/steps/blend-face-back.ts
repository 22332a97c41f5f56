import { planBackgroundWarp } from "../blend/background-warp.ts";
import { blendBack } from "../blend/blend-back.ts";
import type { FaceWork } from "../fusion-work.ts";
import type { Step } from "../step.ts";

/** Writes the face into the picture. */
export const blendFaceBack: Step<FaceWork> = {
  name: "blend-back",
  describe: "Bends the background to the new outline and lays the face into the picture.",
  run(work) {
    const { picture, pair, targetMesh, canvas, mask } = work;
    const scene = { picture, templateMesh: pair.templateFace.mesh, targetMesh };
    const warp = planBackgroundWarp(scene, canvas, mask.border, work.topology);
    blendBack(picture, work.layer, mask, warp);
  },
};
