import { takeTemplateShare } from "../face-layer.ts";
import type { FaceWork } from "../fusion-work.ts";
import type { Step } from "../step.ts";

/** Makes the fused face less like the user: both faces lie in one geometry by now, so that nothing shows twice. */
export const fadeToTemplate: Step<FaceWork> = {
  name: "fade-to-template",
  describe: "Mixes the template's own face in, for a call that wants less of the user.",
  isNeeded: ({ tuning }) => tuning.likeness < 1,
  run: ({ layer, tuning }) => takeTemplateShare(layer, 1 - tuning.likeness),
};
