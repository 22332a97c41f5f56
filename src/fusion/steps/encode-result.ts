import { encodePicture } from "../../imaging/codec.ts";
import { addImplicitLabel } from "../../labels/implicit-label.ts";
import type { FusionWork } from "../fusion-work.ts";
import type { Step } from "../step.ts";

/** Encodes the picture and writes the implicit label into its file. */
export const encodeResult: Step<FusionWork> = {
  name: "encode-result",
  describe:
    "Encodes the result in the template's format and size, with the implicit label and without the inputs' metadata.",
  async run(work) {
    // The encoder needs more memory than anything before it: what is not needed any more goes first.
    work.users = [];
    work.pairs = [];
    const { format, alpha } = work.template;
    const image = await encodePicture(work.result, { format, alpha });
    const { origin, options } = work.request;
    work.image = addImplicitLabel(image, format, { origin, note: options.note });
  },
};
