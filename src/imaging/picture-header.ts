import { AppError } from "../base/app-error.ts";
import { readJpegHeader } from "./jpeg-header.ts";
import type { PictureFormat } from "./picture.ts";
import { readPngHeader } from "./png-header.ts";

/** What a header says of a picture, before any pixel is decoded. */
export interface PictureHeader {
  readonly format: PictureFormat;
  /** Size after the EXIF orientation is applied. */
  readonly width: number;
  readonly height: number;
}

/** Shortest and longest side allowed, both taken in, px. */
export interface SideLimits {
  readonly min: number;
  readonly max: number;
}

/** Sides of templates and user photos: the API's "larger than 64, smaller than 8000" with both ends taken in. */
export const PICTURE_SIDE_PX: SideLimits = { min: 64, max: 8000 };

/** Sides of a label picture, which is stretched anyway; the API names no lower bound. */
export const LABEL_SIDE_PX: SideLimits = { min: 1, max: 8000 };

/** Tells JPEG and PNG by their first bytes; names and Content-Type do not count. */
function sniffFormat(bytes: Uint8Array): PictureFormat | undefined {
  if (bytes.length >= 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) {
    return "jpeg";
  }
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return bytes.length >= 8 && png.every((byte, i) => bytes[i] === byte) ? "png" : undefined;
}

/**
 * Reads format and upright size from the header alone, without native code and in microseconds, and enforces the
 * side limits. Throws `picture-undecodable`, `picture-too-small` or `picture-too-large`.
 */
export function readPictureHeader(
  bytes: Uint8Array,
  limits: SideLimits = PICTURE_SIDE_PX,
): PictureHeader {
  const format = sniffFormat(bytes);
  if (format === undefined) throw pictureUndecodable();
  const stored = format === "png" ? readPngHeader(bytes) : readJpegHeader(bytes);
  if (stored === undefined) throw pictureUndecodable();
  const { width, height, orientation } = stored;
  checkSides(width, height, limits);
  return orientation >= 5 ? { format, width: height, height: width } : { format, width, height };
}

/** The bytes are not a picture in one of the two formats, or are damaged. */
export function pictureUndecodable(cause?: unknown): AppError {
  return new AppError(
    "picture-undecodable",
    "The picture is not a JPEG or PNG that can be decoded.",
    { cause },
  );
}

function checkSides(width: number, height: number, limits: SideLimits): void {
  const details = { width, height };
  if (Math.max(width, height) > limits.max) {
    throw new AppError(
      "picture-too-large",
      `A picture side may be at most ${limits.max} px; this one is ${width}x${height}.`,
      { details },
    );
  }
  if (Math.min(width, height) < limits.min) {
    throw new AppError(
      "picture-too-small",
      `A picture side must be at least ${limits.min} px; this one is ${width}x${height}.`,
      { details },
    );
  }
}
