import sharp from "sharp";
import { hasTooManyScans } from "./jpeg-scans.ts";
import type { Picture, PictureFormat } from "./picture.ts";
import {
  PICTURE_SIDE_PX,
  pictureUndecodable,
  readPictureHeader,
  type SideLimits,
} from "./picture-header.ts";

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

/** A decoded picture together with what its file said of itself. */
export interface DecodedPicture extends Picture {
  readonly format: PictureFormat;
  /** Opacity, one byte a pixel, when the file had any transparency; colours are kept as stored. */
  readonly alpha?: Uint8Array;
}

/**
 * Decodes a JPEG or PNG into an upright sRGB picture. EXIF orientation (JPEG and PNG) is applied, ICC
 * profiles are converted to sRGB, CMYK and 16-bit become 8-bit RGB; the first frame of an APNG counts.
 * Throws what {@link readPictureHeader} throws; a truncated file and one of too many scans are `picture-undecodable`.
 */
export async function decodePicture(
  bytes: Uint8Array,
  limits: SideLimits = PICTURE_SIDE_PX,
): Promise<DecodedPicture> {
  // Header lies are refused here, before libvips sees the file.
  const header = readPictureHeader(bytes, limits);
  if (header.format === "jpeg" && hasTooManyScans(bytes, header.width * header.height)) {
    throw pictureUndecodable(new Error("The JPEG has too many scans."));
  }
  prepareCodec();
  try {
    const { data, info } = await sharp(bytes, {
      failOn: "warning",
      limitInputPixels: limits.max * limits.max,
    })
      .autoOrient()
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    return { format: header.format, ...splitChannels(data, info) };
  } catch (cause) {
    throw pictureUndecodable(cause);
  }
}

function splitChannels(
  data: Buffer,
  info: { width: number; height: number; channels: number },
): Picture & { alpha?: Uint8Array } {
  const { width, height, channels } = info;
  // A plain array: a Buffer's own methods share memory, and loops that meet both kinds run slower.
  const plain = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (channels === 3) return { width, height, data: plain };
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

/**
 * JPEGs up to this size get Huffman tables of their own. It makes them a fifth smaller, but the encoder then holds all
 * coefficients at once: at 64 megapixels 730 MiB, and it takes three times as long.
 */
const OPTIMISED_PIXELS = 16_000_000;

/** Encodes a picture without any metadata: JPEG quality 92 with full chroma, or PNG at level 6. */
export async function encodePicture(picture: Picture, options: EncodeOptions): Promise<Uint8Array> {
  prepareCodec();
  const raw = { width: picture.width, height: picture.height, channels: 3 as const };
  const image = sharp(picture.data, { raw });
  if (options.format === "jpeg") {
    const optimiseCoding = picture.width * picture.height <= OPTIMISED_PIXELS;
    return image.jpeg({ quality: 92, chromaSubsampling: "4:4:4", optimiseCoding }).toBuffer();
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
