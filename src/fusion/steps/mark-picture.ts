import { hideWatermark } from "../../labels/watermark/hide-watermark.ts";
import { markNumberOf } from "../../labels/watermark/mark-number.ts";
import type { FusionWork } from "../fusion-work.ts";
import type { Step } from "../step.ts";

/** Hides the watermark; in front of the visible label, whose flat plate would show it. */
export const markPicture: Step<FusionWork> = {
  name: "hide-watermark",
  describe: "Hides the watermark that leads to the request, where the operator wants one.",
  isNeeded: (work) => work.request.origin.hasWatermark,
  run(work) {
    hideWatermark(work.result, markNumberOf(work.request.origin.produceId));
  },
};
