import type { FaceWork } from "../fusion-work.ts";
import { rateFace } from "../quality/rate-face.ts";
import type { Step } from "../step.ts";

/** Estimates the result's quality. */
export const rateFusedFace: Step<FaceWork> = {
  name: "rate-face",
  describe:
    "Estimates from pose, size and what the photo shows how good the fused face is, from 0 to 1.",
  run(work) {
    work.quality = rateFace(work);
  },
};
