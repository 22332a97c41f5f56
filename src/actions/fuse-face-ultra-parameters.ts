import { z } from "zod";
import { FACE_RECT } from "./face-rect.ts";

/** One user photo, as the wire names it. */
const MERGE_INFO = z.strictObject({
  Url: z.string().optional(),
  Image: z.string().optional(),
  InputImageFaceRect: FACE_RECT.optional(),
  TemplateFaceRect: FACE_RECT.optional(),
  /** Of console materials, which this action does not use; accepted and ignored. */
  TemplateFaceID: z.string().optional(),
});

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

const LOGO_PARAM = z.strictObject({
  LogoRect: FACE_RECT,
  LogoUrl: z.string().optional(),
  LogoImage: z.string().optional(),
});

/** A parsed `LogoParam`. */
export type LogoParam = z.infer<typeof LOGO_PARAM>;

/** All parameters of FuseFaceUltra, 2022-09-27; types only, ranges are the action's business. */
export const FUSE_FACE_ULTRA_PARAMETERS = z.strictObject({
  RspImgType: z.string(),
  MergeInfos: z.array(MERGE_INFO),
  ModelUrl: z.string().optional(),
  ModelImage: z.string().optional(),
  FusionUltraParam: FUSION_ULTRA_PARAM.optional(),
  LogoAdd: z.int().optional(),
  LogoParam: LOGO_PARAM.optional(),
  SwapModelType: z.int().optional(),
});

/** A parsed call. */
export type FuseFaceUltraParameters = z.infer<typeof FUSE_FACE_ULTRA_PARAMETERS>;
