import { AppError } from "../../base/app-error.ts";
import type { Picture } from "../../imaging/picture.ts";
import { unsafeShare01 } from "../../inference/content-classifier.ts";
import type { ScreenedRole } from "../fusion-options.ts";
import type { FusionWork } from "../fusion-work.ts";
import type { Step } from "../step.ts";

/** Refuses a template or a user photo by what it shows. */
export const screenPictures: Step<FusionWork> = {
  name: "screen-pictures",
  describe: "Refuses a template or user photo that the content classifier finds pornographic.",
  isNeeded: (work) => isScreened(work, "template") || isScreened(work, "user"),
  async run(work) {
    if (isScreened(work, "template")) await screen(work, work.template, "template");
    if (!isScreened(work, "user")) return;
    for (const user of new Set(work.users.flat())) await screen(work, user, "user");
  },
};

/** Refuses a result by what it shows. */
export const screenResult: Step<FusionWork> = {
  name: "screen-result",
  describe: "Refuses a result that the content classifier finds pornographic.",
  isNeeded: (work) => isScreened(work, "result"),
  run: (work) => screen(work, work.result, "result"),
};

function isScreened(work: FusionWork, role: ScreenedRole): boolean {
  return work.request.options.screening?.roles.includes(role) ?? false;
}

/** The classifier is opened by the first call that needs it. */
async function screen(work: FusionWork, picture: Picture, role: ScreenedRole): Promise<void> {
  const classifier = await work.openClassifier().catch((cause: unknown) => {
    throw new AppError("moderation-unavailable", "The content classifier cannot be used.", {
      cause,
      report: true,
    });
  });
  const unsafe01 = unsafeShare01(await classifier.classify(picture));
  if (unsafe01 <= (work.request.options.screening?.maxUnsafe01 ?? 1)) return;
  throw new AppError("moderation-refused", "A picture must not be fused.", {
    details: { role, unsafe01: Math.round(unsafe01 * 1000) / 1000 },
  });
}
