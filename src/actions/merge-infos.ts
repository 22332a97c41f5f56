import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import { AppError } from "../base/app-error.ts";
import type { FusionJob } from "../jobs/run-fusion.ts";
import { FACE_RECT } from "./face-rect.ts";
import { requiredPictureSource } from "./picture-source.ts";

/** The wire's `MergeInfos`: one user photo each. */
export const MERGE_INFOS = z.array(
  z.strictObject({
    Url: z.string().optional(),
    Image: z.string().optional(),
    InputImageFaceRect: FACE_RECT.optional(),
    /** Of templates that come with the call. */
    TemplateFaceRect: FACE_RECT.optional(),
    /** Of materials. */
    TemplateFaceID: z.string().optional(),
  }),
);

/** Parsed {@link MERGE_INFOS}. */
export type MergeInfos = z.infer<typeof MERGE_INFOS>;

/** Faces of one template that a call may fuse. */
const MAX_MERGES = 6;

/** Throws `field-value-invalid` for none and for too many. */
export function checkMergeCount({ length }: MergeInfos): void {
  if (length >= 1 && length <= MAX_MERGES) return;
  throw new AppError("field-value-invalid", `A call has 1 to ${MAX_MERGES} MergeInfos.`);
}

/** Which faces a merge is about; in the order of {@link MERGE_INFOS}. */
type MergeRects = Pick<FusionJob["merges"][number], "userFaceRect" | "templateFaceRect">;

/**
 * Reads the user photos, the event loop turning between them since base64 takes its time. Throws what
 * {@link requiredPictureSource} throws.
 */
export async function mergesFrom(
  infos: MergeInfos,
  rects: readonly MergeRects[],
  maxBase64Characters?: number,
): Promise<FusionJob["merges"]> {
  const merges: FusionJob["merges"][number][] = [];
  for (const [i, info] of infos.entries()) {
    await setImmediate();
    const picture = { url: info.Url, base64: info.Image };
    merges.push({ user: requiredPictureSource(picture, maxBase64Characters), ...rects[i] });
  }
  return merges;
}
