import { type DecodedPicture, decodePicture } from "../../imaging/codec.ts";
import type { FusionWork } from "../fusion-work.ts";
import type { Step } from "../step.ts";

/** Decodes the template and every user photo; equal bytes are decoded once. */
export const decodePictures: Step<FusionWork> = {
  name: "decode-pictures",
  describe: "Decodes the template and the user photos: upright, sRGB, 8 bits.",
  async run(work) {
    const decoded = new Map<Uint8Array, DecodedPicture>();
    const users: DecodedPicture[][] = [];
    work.template = await decodePicture(work.request.template);
    for (const { user, morePhotos = [] } of work.request.merges) {
      const photos: DecodedPicture[] = [];
      for (const bytes of [user, ...morePhotos]) {
        const picture = decoded.get(bytes) ?? (await decodePicture(bytes));
        decoded.set(bytes, picture);
        photos.push(picture);
      }
      users.push(photos);
    }
    work.users = users;
    work.result = work.template;
  },
};
