// A writer of JPEG files (ITU-T T.81) whose picture is mid grey: every coefficient is zero, so that each block is two
// bits and the file's structure can be anything.
import { jpegSegment } from "../support/header-pictures.ts";

/** A component's id and its sampling factors, 4 bits each. */
export interface FlatComponent {
  readonly id: number;
  readonly sampling: number;
}

/** How a flat JPEG is written. */
export interface FlatJpeg {
  readonly width: number;
  readonly height: number;
  readonly components?: readonly FlatComponent[];
  /** Second byte of the frame's marker: 0xc0 baseline, 0xc1 extended, 0xc2 progressive, 0xc3 lossless, 0xc9 arithmetic. */
  readonly frame?: number;
  readonly precision?: number;
  /** Blocks between restart markers. */
  readonly restartEvery?: number;
  /** Scans beyond the first, progressive only; each goes over the whole picture. */
  readonly moreScans?: number;
  /** The height is said behind the scan only (DNL). */
  readonly hasLateHeight?: boolean;
}

const GREY: readonly FlatComponent[] = [{ id: 1, sampling: 0x11 }];
const START = Buffer.from([0xff, 0xd8]);
const END = Buffer.from([0xff, 0xd9]);
/** Symbol of a run of 2^14 to 2^15-1 blocks without a coefficient. */
const LONG_RUN = 0xe0;
const LONGEST_RUN = 32_767;

/** Writes the file. */
export function flatJpeg(options: FlatJpeg): Buffer {
  const { components = GREY, frame = 0xc0, restartEvery = 0 } = options;
  const isProgressive = frame === 0xc2;
  const parts = [
    START,
    jpegSegment(0xdb, Buffer.from([0, ...new Array<number>(64).fill(1)])),
    frameHeader(options),
    huffmanTable(0x00, [0]),
    huffmanTable(0x10, [0, LONG_RUN]),
    ...(restartEvery > 0 ? [jpegSegment(0xdd, Buffer.from([0, restartEvery]))] : []),
    scanHeader(components, isProgressive ? [0, 0, 0] : [0, 63, 0]),
    blocks(options),
    ...(options.hasLateHeight ? [lateHeight(options.height)] : []),
  ];
  for (let i = 0; i < (options.moreScans ?? 0); i++) parts.push(bandScan(options, i));
  return Buffer.concat([...parts, END]);
}

function frameHeader({ width, height, precision = 8, ...rest }: FlatJpeg): Buffer {
  const { components = GREY, frame = 0xc0, hasLateHeight = false } = rest;
  const head = Buffer.from([precision, 0, 0, 0, 0, components.length]);
  head.writeUInt16BE(hasLateHeight ? 0 : height, 1);
  head.writeUInt16BE(width, 3);
  const list = components.flatMap(({ id, sampling }) => [id, sampling, 0]);
  return jpegSegment(frame, Buffer.concat([head, Buffer.from(list)]));
}

/** Symbols with codes of 1, 2 ... bits. */
function huffmanTable(kind: number, symbols: readonly number[]): Buffer {
  const counts = new Array<number>(16).fill(0).map((_, i) => (i < symbols.length ? 1 : 0));
  return jpegSegment(0xc4, Buffer.from([kind, ...counts, ...symbols]));
}

function scanHeader(components: readonly FlatComponent[], band: readonly number[]): Buffer {
  const list = components.flatMap(({ id }) => [id, 0x00]);
  return jpegSegment(0xda, Buffer.from([components.length, ...list, ...band]));
}

function blocks({ width, height, components = GREY, restartEvery = 0, frame }: FlatJpeg): Buffer {
  const factors = components.map(({ sampling }) => [sampling >> 4, sampling & 15] as const);
  const isGrey = factors.length === 1;
  const across = isGrey ? 1 : Math.max(1, ...factors.map(([h]) => h));
  const down = isGrey ? 1 : Math.max(1, ...factors.map(([, v]) => v));
  const perUnit = isGrey ? 1 : factors.reduce((sum, [h, v]) => sum + h * v, 0);
  const units = Math.ceil(width / (8 * across)) * Math.ceil(height / (8 * down));
  const bitsPerUnit = perUnit * (frame === 0xc2 ? 1 : 2);
  if (restartEvery === 0) return zeroBits(units * bitsPerUnit);
  const pieces: Buffer[] = [];
  for (let done = 0, n = 0; done < units; done += restartEvery, n++) {
    if (n > 0) pieces.push(Buffer.from([0xff, 0xd0 + ((n - 1) & 7)]));
    pieces.push(zeroBits(Math.min(restartEvery, units - done) * bitsPerUnit));
  }
  return Buffer.concat(pieces);
}

/** So many zero bits, filled up with ones. */
function zeroBits(count: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil(count / 8));
  if (count % 8 > 0) bytes[bytes.length - 1] = 0xff >> (count % 8);
  return bytes;
}

/** A scan over one coefficient at one bit: 63 of them at each of 14 bits are legal. */
function bandScan({ width, height }: FlatJpeg, number: number): Buffer {
  const band = (number % 63) + 1;
  const bit = Math.max(0, 13 - Math.floor(number / 63));
  const approximation = number < 63 ? bit : ((bit + 1) << 4) | bit;
  const header = jpegSegment(0xda, Buffer.from([1, 1, 0x00, band, band, approximation]));
  const total = Math.ceil(width / 8) * Math.ceil(height / 8);
  return Buffer.concat([header, emptyBlocks(total)]);
}

/** Runs of empty blocks: the code `10`, and 14 bits that say how many more than 2^14. */
function emptyBlocks(total: number): Buffer {
  const bits: string[] = [];
  let rest = total;
  for (; rest >= 16_384; rest -= Math.min(rest, LONGEST_RUN)) {
    const more = Math.min(rest, LONGEST_RUN) - 16_384;
    bits.push("10", more.toString(2).padStart(14, "0"));
  }
  bits.push("0".repeat(rest));
  const text = bits.join("");
  const bytes = Buffer.alloc(Math.ceil(text.length / 8));
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = Number.parseInt(text.slice(i * 8, i * 8 + 8).padEnd(8, "1"), 2);
  }
  // A byte of ones within the data is followed by a zero (T.81, F.1.2.3).
  return Buffer.from([...bytes].flatMap((byte) => (byte === 0xff ? [byte, 0] : [byte])));
}

function lateHeight(height: number): Buffer {
  const payload = Buffer.alloc(2);
  payload.writeUInt16BE(height);
  return jpegSegment(0xdc, payload);
}
