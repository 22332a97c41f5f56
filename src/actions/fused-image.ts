import { AppError } from "../base/app-error.ts";
import type { FusionAnswer, FusionJob } from "../jobs/run-fusion.ts";
import type { ActionContext, ActionOutcome } from "./action.ts";

/** Reads `RspImgType`; throws `field-value-invalid` for another word than `url` and `base64`. */
export function deliveryFrom(text: string): FusionJob["delivery"] {
  if (text === "url" || text === "base64") return text;
  throw new AppError("field-value-invalid", "RspImgType is url or base64.");
}

/** Tells log and audit what is about to be fused; `logoAdd` is false when the call asked for no visible label. */
export function noteJob(job: FusionJob, logoAdd: boolean, context: ActionContext): void {
  const { merges, options, delivery } = job;
  context.note({ faces: merges.length, modelType: options.modelType, delivery, logoAdd });
}

/** Turns a fusion's answer into `FusedImage` and what the log may know. */
export function fusedImageOutcome(answer: FusionAnswer, context: ActionContext): ActionOutcome {
  const { width, height, format, quality, stepMs, queueMs, pictureBytes, resultBytes } = answer;
  return {
    members: {
      FusedImage:
        answer.delivery === "base64" ? answer.base64 : `${context.publicOrigin}${answer.path}`,
    },
    facts: {
      ...(answer.delivery === "url" && answer.stored),
      pictureBytes,
      resultBytes,
      width,
      height,
      format,
      quality: quality.map((value) => Number(value.toFixed(2))),
      stepMs,
      queueMs,
    },
  };
}
