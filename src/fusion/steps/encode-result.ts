import { encodePicture } from "../../imaging/codec.ts";
import { addPictureNote } from "../../imaging/picture-note.ts";
import type { FusionWork } from "../fusion-work.ts";
import type { Step } from "../step.ts";

/** Encodes the picture. */
export const encodeResult: Step<FusionWork> = {
  name: "encode-result",
  describe: "Encodes the result in the template's format and size, without the inputs' metadata.",
  async run(work) {
    // The encoder needs more memory than anything before it: what is not needed any more goes first.
    work.users = [];
    work.pairs = [];
    const { format, alpha } = work.template;
    const image = await encodePicture(work.result, { format, alpha });
    const { note } = work.request.options;
    work.image = note === undefined ? image : addPictureNote(image, format, note);
  },
};
