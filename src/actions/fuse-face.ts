import { AppError } from "../base/app-error.ts";
import type { FusionJob, FusionRunner, PictureBounds } from "../jobs/run-fusion.ts";
import { templateFaceNotFound } from "../materials/errors.ts";
import type { Material, Materials } from "../materials/materials.ts";
import { requireApproved, requireMaterial, requirePicture } from "../materials/require-material.ts";
import type { Action, ActionContext } from "./action.ts";
import { faceRectFrom } from "./face-rect.ts";
import type { FuseFaceParameters } from "./fuse-face-parameters.ts";
import { FUSE_FACE_PARAMETERS } from "./fuse-face-parameters.ts";
import { deliveryFrom, fusedImageOutcome, noteJob } from "./fused-image.ts";
import type { DefaultsEdition } from "./fusion-options-from.ts";
import { fusionOptionsFrom } from "./fusion-options-from.ts";
import { given } from "./given.ts";
import { materialLabelFrom } from "./logo-param.ts";
import { checkMergeCount, mergesFrom } from "./merge-infos.ts";
import { noteFrom } from "./meta-data.ts";

/** What the action works with. */
export interface FuseFaceParts {
  readonly runner: FusionRunner;
  readonly materials: Materials;
  readonly defaultsEdition: DefaultsEdition;
  /** Lifetime of links to results. */
  readonly fuseFaceTtlSeconds: number;
}

const MEBIBYTE = 1024 ** 2;

/** Of the action's page: narrower than those of FuseFaceUltra, for user photos and for imported materials. */
export const FUSE_FACE_BOUNDS: PictureBounds = {
  sidesPx: { min: 64, max: 4096 },
  maxFileBytes: 10 * MEBIBYTE,
};

/** Longest base64 text of a user photo. */
const MAX_BASE64_CHARACTERS = 5 * MEBIBYTE;

/** Makes the action `FuseFace`: as FuseFaceUltra, with an imported material as the template. */
export function createFuseFace(parts: FuseFaceParts): Action<typeof FUSE_FACE_PARAMETERS> {
  return {
    name: "FuseFace",
    version: "2022-09-27",
    parameters: FUSE_FACE_PARAMETERS,
    async run(parameters, context) {
      const job = await jobFrom(parameters, context, parts);
      noteJob(job, parameters.LogoAdd !== 0, context);
      const answer = await parts.runner.run(job, context.signal, context.onStep);
      return fusedImageOutcome(answer, context);
    },
  };
}

/** Builds the job. The material is looked up before base64 is decoded. */
async function jobFrom(
  wire: FuseFaceParameters,
  { requestId, accountId }: ActionContext,
  parts: FuseFaceParts,
): Promise<FusionJob> {
  const delivery = deliveryFrom(wire.RspImgType);
  checkMergeCount(wire.MergeInfos);
  const options = optionsFrom(wire, parts.defaultsEdition);
  const userRects = wire.MergeInfos.map((info) => faceRectFrom(info.InputImageFaceRect));
  const name = { activityId: wire.ProjectId, materialId: wire.ModelId, accountId };
  const material = await requireMaterial(parts.materials, name);
  requireApproved(material);
  const rects = wire.MergeInfos.map(({ TemplateFaceID }, i) => ({
    ...given("userFaceRect", userRects[i]),
    ...given("templateFaceRect", boxOf(material, TemplateFaceID)),
  }));
  const bytes = await requirePicture(parts.materials, material.id);
  return {
    requestId,
    accountId,
    template: { kind: "bytes", bytes },
    merges: await mergesFrom(wire.MergeInfos, rects, MAX_BASE64_CHARACTERS),
    options,
    delivery,
    lifetimeSeconds: parts.fuseFaceTtlSeconds,
    bounds: FUSE_FACE_BOUNDS,
    ...given("label", materialLabelFrom(wire)),
  };
}

/** An empty id counts as none: the largest face that is left. */
function boxOf(
  material: Material,
  faceId: string | undefined,
): Material["faces"][number]["box"] | undefined {
  if (!faceId) return undefined;
  const face = material.faces.find(({ id }) => id === faceId);
  if (face === undefined) throw templateFaceNotFound();
  return face.box;
}

/**
 * `FuseProfileDegree` is the reverse of `WarpRadio` in percent: 100 keeps the material's outline of the face. So does
 * `FuseFaceDegree` with its features.
 */
function optionsFrom(wire: FuseFaceParameters, edition: DefaultsEdition): FusionJob["options"] {
  const profile01 = degree01(wire.FuseProfileDegree);
  const features01 = degree01(wire.FuseFaceDegree);
  const reshape = profile01 === undefined ? {} : { WarpRadio: 1 - profile01 };
  const likeness = given("likeness", features01 === undefined ? undefined : 1 - features01);
  return {
    ...fusionOptionsFrom(reshape, 1, edition),
    ...likeness,
    ...given("note", noteFrom(wire.FuseParam)),
  };
}

function degree01(percent: number | undefined): number | undefined {
  if (percent === undefined) return undefined;
  if (percent < 0 || percent > 100) {
    throw new AppError("field-value-invalid", "A degree is a whole number from 0 to 100.");
  }
  return percent / 100;
}
