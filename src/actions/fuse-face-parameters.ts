import { z } from "zod";
import { LOGO_PARAM } from "./logo-param.ts";
import { MERGE_INFOS } from "./merge-infos.ts";

const FUSE_PARAM = z.strictObject({
  ImageCodecParam: z
    .strictObject({
      MetaData: z.array(z.strictObject({ MetaKey: z.string(), MetaValue: z.string() })).optional(),
    })
    .optional(),
});

/** A parsed `FuseParam`. */
export type FuseParam = z.infer<typeof FUSE_PARAM>;

/** All parameters of FuseFace, 2022-09-27; types only, ranges are the action's business. */
export const FUSE_FACE_PARAMETERS = z.strictObject({
  ProjectId: z.string(),
  ModelId: z.string(),
  RspImgType: z.string(),
  MergeInfos: MERGE_INFOS,
  FuseProfileDegree: z.int().optional(),
  FuseFaceDegree: z.int().optional(),
  LogoAdd: z.int().optional(),
  LogoParam: LOGO_PARAM.optional(),
  FuseParam: FUSE_PARAM.optional(),
});

/** A parsed call. */
export type FuseFaceParameters = z.infer<typeof FUSE_FACE_PARAMETERS>;
