import { setImmediate } from "node:timers/promises";
import { AppError } from "../base/app-error.ts";
import type { FusionAnswer, FusionJob, FusionRunner } from "../jobs/run-fusion.ts";
import type { Action, ActionContext, ActionOutcome } from "./action.ts";
import { faceRectFrom, logoRectFrom } from "./face-rect.ts";
import type { FuseFaceUltraParameters } from "./fuse-face-ultra-parameters.ts";
import { FUSE_FACE_ULTRA_PARAMETERS } from "./fuse-face-ultra-parameters.ts";
import type { DefaultsEdition } from "./fusion-options-from.ts";
import { fusionOptionsFrom } from "./fusion-options-from.ts";
import { pictureSource, requiredPictureSource } from "./picture-source.ts";

/** What the action works with. */
export interface FuseFaceUltraParts {
  readonly runner: FusionRunner;
  readonly defaultsEdition: DefaultsEdition;
}

/** Faces of one template that a call may fuse. */
const MAX_MERGES = 6;

/** Makes the action `FuseFaceUltra`: the wire's names come in here and go no further. */
export function createFuseFaceUltra(
  parts: FuseFaceUltraParts,
): Action<typeof FUSE_FACE_ULTRA_PARAMETERS> {
  return {
    name: "FuseFaceUltra",
    version: "2022-09-27",
    parameters: FUSE_FACE_ULTRA_PARAMETERS,
    async run(parameters, context) {
      const job = await jobFrom(parameters, context, parts.defaultsEdition);
      return outcomeOf(await parts.runner.run(job, context.signal), job, context);
    },
  };
}

/**
 * Builds the job. Cheap checks come before the decoding of base64, and the event loop may turn before each picture.
 */
async function jobFrom(
  wire: FuseFaceUltraParameters,
  context: ActionContext,
  edition: DefaultsEdition,
): Promise<FusionJob> {
  const delivery = deliveryFrom(wire.RspImgType);
  const count = wire.MergeInfos.length;
  if (count < 1 || count > MAX_MERGES) {
    throw new AppError("field-value-invalid", `A call has 1 to ${MAX_MERGES} MergeInfos.`);
  }
  const options = fusionOptionsFrom(wire.FusionUltraParam ?? {}, wire.SwapModelType ?? 1, edition);
  const rects = wire.MergeInfos.map((info) => ({
    ...given("userFaceRect", faceRectFrom(info.InputImageFaceRect)),
    ...given("templateFaceRect", faceRectFrom(info.TemplateFaceRect)),
  }));
  await setImmediate();
  const template = requiredPictureSource({ url: wire.ModelUrl, base64: wire.ModelImage });
  const merges: FusionJob["merges"][number][] = [];
  for (const [i, info] of wire.MergeInfos.entries()) {
    await setImmediate();
    const user = requiredPictureSource({ url: info.Url, base64: info.Image });
    merges.push({ user, ...rects[i] });
  }
  const { requestId, accountId } = context;
  const label = given("label", labelFrom(wire));
  return { requestId, accountId, template, merges, options, delivery, ...label };
}

function deliveryFrom(text: string): FusionJob["delivery"] {
  if (text === "url" || text === "base64") return text;
  throw new AppError("field-value-invalid", "RspImgType is url or base64.");
}

/** Any `LogoAdd` but 0 means 1, as documented; without a logo of the caller's the default text is drawn. */
function labelFrom(wire: FuseFaceUltraParameters): FusionJob["label"] {
  if (wire.LogoAdd === 0) return undefined;
  if (wire.LogoParam === undefined) return {};
  const { LogoRect, LogoUrl, LogoImage } = wire.LogoParam;
  const rect = logoRectFrom(LogoRect);
  return { rect, ...given("image", pictureSource({ url: LogoUrl, base64: LogoImage })) };
}

function given<K extends string, T>(name: K, value: T | undefined): { [P in K]?: T } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]: T });
}

function outcomeOf(answer: FusionAnswer, job: FusionJob, context: ActionContext): ActionOutcome {
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
