import type { FaceWork } from "../fusion-work.ts";
import { buildTargetMesh } from "../shape/target-mesh.ts";
import type { Step } from "../step.ts";

/** Shapes the fused face. */
export const placeFeatures: Step<FaceWork> = {
  name: "place-features",
  describe:
    "Builds the fused face's mesh: the user's outline and features in the template's pose and expression.",
  run(work) {
    const { templateFace, userFace } = work.pair;
    work.targetMesh = buildTargetMesh(templateFace.mesh, userFace.mesh, work.tuning, work.topology);
  },
};
