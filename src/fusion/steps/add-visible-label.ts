import type { FusionWork } from "../fusion-work.ts";
import type { Step } from "../step.ts";
import { addLabel } from "./add-label.ts";

/** Marks the picture as synthetic. */
export const addVisibleLabel: Step<FusionWork> = {
  name: "add-label",
  describe: "Writes the visible label, or lays the caller's logo, over the picture.",
  isNeeded: (work) => work.request.options.label !== undefined,
  async run(work) {
    await addLabel(work.result, work.request.options.label ?? {});
  },
};
