import sharp from "sharp";
import { AppError } from "../base/app-error.ts";
import type { Picture, PictureFormat } from "./picture.ts";

/** What a header says of a picture, before any pixel is decoded. */
export interface PictureHeader {
  readonly format: PictureFormat;
  /** Size after the EXIF orientation is applied. */
  readonly width: number;
  readonly height: number;
}

/** Sizes that the API allows, per side: "larger than 64, smaller than 8000" with both ends taken in. */
export const PICTURE_SIDE_PX = { min: 64, max: 8000 } as const;

let isPrepared = false;

/** Restricts libvips to the JPEG and PNG buffer loaders and to one thread; called before the first use. */
function prepareCodec(): void {
  if (isPrepared) return;
  isPrepared = true;
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ["VipsForeignLoad"] });
  sharp.unblock({ operation: ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer"] });
}

/** Tells JPEG and PNG by their first bytes; names and Content-Type do not count. */
export function sniffFormat(bytes: Uint8Array): PictureFormat | undefined {
  if (bytes.length >= 3 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) {
    return "jpeg";
  }
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return bytes.length >= 8 && png.every((byte, i) => bytes[i] === byte) ? "png" : undefined;
}

function undecodable(cause?: unknown): AppError {
  return new AppError(
    "picture-undecodable",
    "The picture is not a JPEG or PNG that can be decoded.",
    {
      cause,
    },
  );
}

/**
 * Reads format and upright size from the header alone and enforces the API's side limits.
 * Throws `picture-undecodable`, `picture-too-small` or `picture-too-large`.
 */
export async function readPictureHeader(bytes: Uint8Array): Promise<PictureHeader> {
  prepareCodec();
  const format = sniffFormat(bytes);
  if (format === undefined) throw undecodable();
  // PNG stores its size at a fixed place; reading it here refuses header lies before libvips sees them.
  const claimed = format === "png" ? pngSize(bytes) : await jpegSize(bytes);
  if (claimed === undefined) throw undecodable();
  checkSides(claimed.width, claimed.height);
  return { format, ...claimed };
}

function pngSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  if (bytes.length < 24) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(12) !== 0x49484452) return undefined;
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  return width > 0 && height > 0 ? { width, height } : undefined;
}

async function jpegSize(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  try {
    const meta = await sharp(bytes, { limitInputPixels: false }).metadata();
    const isTurned = (meta.orientation ?? 1) >= 5 && (meta.orientation ?? 1) <= 8;
    return isTurned
      ? { width: meta.height, height: meta.width }
      : { width: meta.width, height: meta.height };
  } catch (cause) {
    throw undecodable(cause);
  }
}

function checkSides(width: number, height: number): void {
  const details = { width, height };
  if (Math.max(width, height) > PICTURE_SIDE_PX.max) {
    throw new AppError(
      "picture-too-large",
      `A picture side may be at most ${PICTURE_SIDE_PX.max} px; this one is ${width}x${height}.`,
      { details },
    );
  }
  if (Math.min(width, height) < PICTURE_SIDE_PX.min) {
    throw new AppError(
      "picture-too-small",
      `A picture side must be at least ${PICTURE_SIDE_PX.min} px; this one is ${width}x${height}.`,
      { details },
    );
  }
}

/** A decoded picture together with what its file said of itself. */
export interface DecodedPicture extends Picture {
  readonly format: PictureFormat;
  /** Opacity, one byte a pixel, when the file had any transparency; colours are kept as stored. */
  readonly alpha?: Uint8Array;
}

/**
 * Decodes a JPEG or PNG into an upright sRGB picture. EXIF orientation (JPEG and PNG) is applied, ICC
 * profiles are converted to sRGB, CMYK and 16-bit become 8-bit RGB; the first frame of an APNG counts.
 * Throws what {@link readPictureHeader} throws; a truncated file is `picture-undecodable`.
 */
export async function decodePicture(bytes: Uint8Array): Promise<DecodedPicture> {
  const header = await readPictureHeader(bytes);
  try {
    const { data, info } = await sharp(bytes, {
      failOn: "warning",
      limitInputPixels: PICTURE_SIDE_PX.max * PICTURE_SIDE_PX.max,
    })
      .autoOrient()
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return { format: header.format, ...splitChannels(data, info) };
  } catch (cause) {
    throw undecodable(cause);
  }
}

function splitChannels(
  data: Buffer,
  info: { width: number; height: number; channels: number },
): Picture & { alpha?: Uint8Array } {
  const { width, height, channels } = info;
  if (channels === 3) return { width, height, data };
  const pixels = width * height;
  const rgb = new Uint8Array(pixels * 3);
  const hasAlpha = channels === 2 || channels === 4;
  const alpha = hasAlpha ? new Uint8Array(pixels) : undefined;
  const colours = hasAlpha ? channels - 1 : channels;
  for (let i = 0; i < pixels; i++) {
    const at = i * channels;
    rgb[i * 3] = data[at]!;
    rgb[i * 3 + 1] = data[at + (colours === 1 ? 0 : 1)]!;
    rgb[i * 3 + 2] = data[at + (colours === 1 ? 0 : 2)]!;
    if (alpha) alpha[i] = data[at + colours]!;
  }
  return alpha ? { width, height, data: rgb, alpha } : { width, height, data: rgb };
}

/** Settings of {@link encodePicture}. */
export interface EncodeOptions {
  readonly format: PictureFormat;
  /** Opacity to write back, PNG only. */
  readonly alpha?: Uint8Array | undefined;
}

/** Encodes a picture without any metadata: JPEG quality 92 with full chroma, or PNG at level 6. */
export async function encodePicture(picture: Picture, options: EncodeOptions): Promise<Uint8Array> {
  prepareCodec();
  const raw = { width: picture.width, height: picture.height, channels: 3 as const };
  const image = sharp(picture.data, { raw });
  if (options.format === "jpeg") {
    return image.jpeg({ quality: 92, chromaSubsampling: "4:4:4" }).toBuffer();
  }
  const withAlpha = options.alpha
    ? image.joinChannel(
        Buffer.from(options.alpha.buffer, options.alpha.byteOffset, options.alpha.byteLength),
        {
          raw: { width: picture.width, height: picture.height, channels: 1 },
        },
      )
    : image;
  return withAlpha.png({ compressionLevel: 6 }).toBuffer();
}

/** Shrinks a picture with an area-true filter (Lanczos with anti-aliasing); never enlarges. */
export async function shrinkPicture(
  picture: Picture,
  width: number,
  height: number,
): Promise<Picture> {
  prepareCodec();
  if (width >= picture.width && height >= picture.height) return picture;
  const data = await sharp(picture.data, {
    raw: { width: picture.width, height: picture.height, channels: 3 },
  })
    .resize(width, height, { fit: "fill", kernel: "lanczos3", fastShrinkOnLoad: true })
    .raw()
    .toBuffer();
  return { width, height, data };
}
