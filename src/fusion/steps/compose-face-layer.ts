import { createBlendMask } from "../blend/blend-mask.ts";
import { createFaceLayer } from "../face-layer.ts";
import type { FaceWork } from "../fusion-work.ts";
import { composeFace } from "../light/compose-face.ts";
import type { Step } from "../step.ts";

/** Makes the fused face's pixels. */
export const composeFaceLayer: Step<FaceWork> = {
  name: "compose-face",
  describe:
    "Blends the relit photo, its relit mirror image and the template's own skin; feathers the face's border.",
  run(work) {
    const { canvas, grid } = work;
    const composed = composeFace({
      ...{ canvas, grid, zones: work.zones, weights: work.weights },
      userLight: work.userLight,
      mirroredLight: work.mirroredLight,
      constants: work.constants,
    });
    work.mask = createBlendMask(canvas, work.front.plane, work.front.cellPx);
    const scene = { picture: work.picture, border: work.mask.border };
    work.layer = createFaceLayer(canvas, composed, scene);
  },
};
