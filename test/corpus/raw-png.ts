import { crc32, deflateSync } from "node:zlib";

/** What a PNG's header says, and what it then holds. */
export interface RawPng {
  readonly width?: number;
  readonly height?: number;
  readonly depth?: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha. */
  readonly colour?: number;
  readonly interlace?: number;
  /** The compressed rows; rows of zeros as the header says without it. */
  readonly data?: Uint8Array;
  /** Chunks between header and data, and between data and end. */
  readonly before?: readonly Uint8Array[];
  readonly after?: readonly Uint8Array[];
}

export const PNG_START = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Makes one chunk; `length` and `checksum` may be wrong. */
export function chunk(
  type: string,
  data: Uint8Array,
  lies: { readonly length?: number; readonly checksum?: number } = {},
): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(lies.length ?? data.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(lies.checksum ?? crc32(body));
  return Buffer.concat([head, body, tail]);
}

/** Makes the header chunk. */
export function headerChunk(png: RawPng): Buffer {
  const { width = 64, height = 64, depth = 8, colour = 0, interlace = 0 } = png;
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width, 0);
  data.writeUInt32BE(height, 4);
  data.set([depth, colour, 0, 0, interlace], 8);
  return chunk("IHDR", data);
}

/** The last chunk. */
export const END_CHUNK = chunk("IEND", Buffer.alloc(0));

/** Compresses rows of zeros as the header says. */
export function zeroRows(png: RawPng): Buffer {
  const { width = 64, height = 64, depth = 8, colour = 0 } = png;
  const rowBytes = 1 + Math.ceil((width * depth * (CHANNELS[colour] ?? 1)) / 8);
  return deflateSync(Buffer.alloc(rowBytes * height));
}

/** Writes a PNG as it is told to, right or wrong. */
export function rawPng(png: RawPng = {}): Buffer {
  return Buffer.concat([
    PNG_START,
    headerChunk(png),
    ...(png.before ?? []),
    chunk("IDAT", png.data ?? zeroRows(png)),
    ...(png.after ?? []),
    END_CHUNK,
  ]);
}

/**
 * A zlib stream of so many zeros, made without compressing them: one compressed block of a mebibyte, again and again, and
 * the checksum that zeros have (RFC 1950: the sum stays 1, the sum of sums counts the bytes).
 */
export function zerosDeflated(mebibytes: number): Buffer {
  const block = deflateSync(Buffer.alloc(1024 * 1024), { finishFlush: 3 }).subarray(2);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt16BE((mebibytes * 1024 * 1024) % 65_521, 0);
  checksum.writeUInt16BE(1, 2);
  const blocks = new Array<Buffer>(mebibytes).fill(block);
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...blocks, Buffer.from([0x03, 0x00]), checksum]);
}
