import { transferMakeup } from "../features/transfer-makeup.ts";
import type { FaceWork } from "../fusion-work.ts";
import type { Step } from "../step.ts";

/** Brings the template's make-up over. */
export const transferFaceMakeup: Step<FaceWork> = {
  name: "transfer-makeup",
  describe:
    "Brings the template's lip colour, eye shadow, brows and blush over to the user's face.",
  isNeeded: (work) => work.tuning.transferMakeup,
  run: (work) => transferMakeup(work.layer, work.topology.mirror),
};
