import { z } from "zod";
import { LOGO_PARAM } from "./logo-param.ts";
import { MERGE_INFOS } from "./merge-infos.ts";

const FUSION_ULTRA_PARAM = z.strictObject({
  WarpRadio: z.number().optional(),
  EnhanceRadio: z.number().optional(),
  MpRadio: z.number().optional(),
  /** "Not supported yet" in the original too; accepted and ignored. */
  BlurRadio: z.number().optional(),
  TeethEnhanceRadio: z.number().optional(),
  MakeupTransferRadio: z.number().optional(),
});

/** A parsed `FusionUltraParam`. */
export type FusionUltraParam = z.infer<typeof FUSION_ULTRA_PARAM>;

/** All parameters of FuseFaceUltra, 2022-09-27; types only, ranges are the action's business. */
export const FUSE_FACE_ULTRA_PARAMETERS = z.strictObject({
  RspImgType: z.string(),
  MergeInfos: MERGE_INFOS,
  ModelUrl: z.string().optional(),
  ModelImage: z.string().optional(),
  FusionUltraParam: FUSION_ULTRA_PARAM.optional(),
  LogoAdd: z.int().optional(),
  LogoParam: LOGO_PARAM.optional(),
  SwapModelType: z.int().optional(),
});

/** A parsed call. */
export type FuseFaceUltraParameters = z.infer<typeof FUSE_FACE_ULTRA_PARAMETERS>;
