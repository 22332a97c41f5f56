import { decodePicture } from "../imaging/codec.ts";
import type { PictureFormat } from "../imaging/picture.ts";
import { readPictureHeader } from "../imaging/picture-header.ts";
import { type FoundCredentials, readCredentials } from "./credentials/read-credentials.ts";
import { type FoundLabels, findLabels } from "./find-labels.ts";
import { type FoundVisibleLabel, findVisibleLabel } from "./find-visible-label.ts";
import { type FoundWatermark, readWatermark } from "./watermark/read-watermark.ts";

/** Everything that a picture says of its origin. */
export interface Inspection extends FoundLabels {
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
  readonly visible: FoundVisibleLabel | undefined;
  readonly watermark: FoundWatermark | undefined;
  /** Undefined when the file carries no manifest. */
  readonly credentials: FoundCredentials | undefined;
}

/** Any picture may be looked at, also one that is too small to be fused. */
const SIDES_PX = { min: 1, max: 8000 };

/**
 * Reads a JPEG's or PNG's labels, those of its file and those of its pixels; `trustedRoots` are certificates in PEM for
 * Content Credentials. Throws `picture-undecodable`, `picture-too-large` and what {@link readCredentials} throws.
 */
export async function inspectPicture(
  bytes: Uint8Array,
  trustedRoots?: string,
): Promise<Inspection> {
  const { format, width, height } = readPictureHeader(bytes, SIDES_PX);
  const picture = await decodePicture(bytes, SIDES_PX);
  const labels = findLabels(bytes, format);
  return {
    ...{ format, width, height },
    ...labels,
    credentials: labels.hasC2pa ? await readCredentials(bytes, format, trustedRoots) : undefined,
    visible: findVisibleLabel(picture),
    watermark: readWatermark(picture),
  };
}
