import { setImmediate } from "node:timers/promises";
import { AppError } from "../base/app-error.ts";
import type { FusionJob, FusionRunner } from "../jobs/run-fusion.ts";
import type { Action, ActionContext } from "./action.ts";
import { faceRectFrom } from "./face-rect.ts";
import type { FuseFaceUltraParameters } from "./fuse-face-ultra-parameters.ts";
import { FUSE_FACE_ULTRA_PARAMETERS } from "./fuse-face-ultra-parameters.ts";
import { deliveryFrom, fusedImageOutcome, noteJob } from "./fused-image.ts";
import type { DefaultsEdition } from "./fusion-options-from.ts";
import { fusionOptionsFrom } from "./fusion-options-from.ts";
import { given } from "./given.ts";
import { labelFrom } from "./logo-param.ts";
import { checkMergeCount, mergesFrom } from "./merge-infos.ts";
import { requiredPictureSource } from "./picture-source.ts";

/** What the action works with. */
export interface FuseFaceUltraParts {
  readonly runner: FusionRunner;
  readonly defaultsEdition: DefaultsEdition;
  /** Values of `SwapModelType` that are offered, as text. */
  readonly modelTypes: readonly string[];
}

/** Makes the action `FuseFaceUltra`: the wire's names come in here and go no further. */
export function createFuseFaceUltra(
  parts: FuseFaceUltraParts,
): Action<typeof FUSE_FACE_ULTRA_PARAMETERS> {
  return {
    name: "FuseFaceUltra",
    version: "2022-09-27",
    parameters: FUSE_FACE_ULTRA_PARAMETERS,
    async run(parameters, context) {
      const job = await jobFrom(parameters, context, parts);
      noteJob(job, parameters.LogoAdd !== 0, context);
      const answer = await parts.runner.run(job, context.signal, context.onStep);
      return fusedImageOutcome(answer, context);
    },
  };
}

/** Builds the job. Cheap checks come before the decoding of base64, and the event loop may turn before each picture. */
async function jobFrom(
  wire: FuseFaceUltraParameters,
  context: ActionContext,
  parts: FuseFaceUltraParts,
): Promise<FusionJob> {
  const delivery = deliveryFrom(wire.RspImgType);
  checkMergeCount(wire.MergeInfos);
  const options = fusionOptionsFrom(
    wire.FusionUltraParam ?? {},
    wire.SwapModelType ?? 1,
    parts.defaultsEdition,
  );
  checkIsOffered(options.modelType, parts.modelTypes);
  const rects = wire.MergeInfos.map((info) => ({
    ...given("userFaceRect", faceRectFrom(info.InputImageFaceRect)),
    ...given("templateFaceRect", faceRectFrom(info.TemplateFaceRect)),
  }));
  await setImmediate();
  const template = requiredPictureSource({ url: wire.ModelUrl, base64: wire.ModelImage });
  const merges = await mergesFrom(wire.MergeInfos, rects);
  const { requestId, accountId } = context;
  const label = given("label", labelFrom(wire));
  return { requestId, accountId, template, merges, options, delivery, ...label };
}

function checkIsOffered(modelType: number, offered: readonly string[]): void {
  if (offered.includes(String(modelType))) return;
  throw new AppError("model-type-not-offered", "This server does not offer the model type.", {
    details: { modelType },
  });
}
