import { decodePicture } from "../imaging/codec.ts";
import type { PictureFormat } from "../imaging/picture.ts";
import { readPictureHeader } from "../imaging/picture-header.ts";
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
}

/** Any picture may be looked at, also one that is too small to be fused. */
const SIDES_PX = { min: 1, max: 8000 };

/**
 * Reads a JPEG's or PNG's labels, those of its file and those of its pixels. Throws `picture-undecodable` and
 * `picture-too-large`.
 */
export async function inspectPicture(bytes: Uint8Array): Promise<Inspection> {
  const { format, width, height } = readPictureHeader(bytes, SIDES_PX);
  const picture = await decodePicture(bytes, SIDES_PX);
  return {
    ...{ format, width, height },
    ...findLabels(bytes, format),
    visible: findVisibleLabel(picture),
    watermark: readWatermark(picture),
  };
}
