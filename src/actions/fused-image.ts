import { AppError } from "../base/app-error.ts";
import type { FusionAnswer, FusionJob } from "../jobs/run-fusion.ts";
import type { ActionContext, ActionOutcome } from "./action.ts";

/** Reads `RspImgType`; throws `field-value-invalid` for another word than `url` and `base64`. */
export function deliveryFrom(text: string): FusionJob["delivery"] {
  if (text === "url" || text === "base64") return text;
  throw new AppError("field-value-invalid", "RspImgType is url or base64.");
}

/** Turns a fusion's answer into `FusedImage` and what the log may know. */
export function fusedImageOutcome(
  answer: FusionAnswer,
  job: FusionJob,
  context: ActionContext,
): ActionOutcome {
  const { width, height, format, stepMs, queueMs } = answer;
  return {
    members: {
      FusedImage:
        answer.delivery === "base64" ? answer.base64 : `${context.publicOrigin}${answer.path}`,
    },
    facts: {
      faces: job.merges.length,
      modelType: job.options.modelType,
      delivery: answer.delivery,
      width,
      height,
      format,
      stepMs,
      queueMs,
    },
  };
}
