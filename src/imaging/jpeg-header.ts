import { readExifOrientation } from "./exif-orientation.ts";
import type { StoredSize } from "./stored-size.ts";

/** Markers of ITU-T T.81 table B.1, without their 0xFF. */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP1 = 0xe1;

/** More segments than any camera or editor writes; a file of four-byte segments shall not keep us busy. */
const MAX_SEGMENTS = 4096;

/**
 * Reads size and orientation from a JPEG's segments up to its first scan, without a decoder. Undefined when there is
 * no frame header before the scan, more than one, or one that leaves the height open.
 */
export function readJpegHeader(bytes: Uint8Array): StoredSize | undefined {
  const segments = segmentsBeforeScan(bytes);
  const frames = segments?.filter(({ marker }) => isFrameHeader(marker)) ?? [];
  const size = frames.length === 1 ? frameSize(frames[0]!.payload) : undefined;
  const exif = segments?.find(isExif);
  return size && { ...size, orientation: exif ? readExifOrientation(exif.payload.subarray(6)) : 1 };
}

function segmentsBeforeScan(bytes: Uint8Array): Segment[] | undefined {
  const segments: Segment[] = [];
  let at = 2;
  while (segments.length < MAX_SEGMENTS) {
    const segment = nextSegment(bytes, at);
    if (segment === undefined || segment.marker === SOI || segment.marker === EOI) return undefined;
    if (segment.marker === SOS) return segments;
    segments.push(segment);
    at = segment.end;
  }
  return undefined;
}

interface Segment {
  readonly marker: number;
  readonly payload: Uint8Array;
  /** Where the next segment is looked for. */
  readonly end: number;
}

function nextSegment(bytes: Uint8Array, from: number): Segment | undefined {
  const at = bytes.indexOf(0xff, from);
  if (at < 0) return undefined;
  let marked = at + 1;
  // Any number of fill bytes may stand before a marker (T.81 B.1.1.2).
  while (bytes[marked] === 0xff) marked += 1;
  const marker = bytes[marked];
  if (marker === undefined) return undefined;
  if (isStandalone(marker)) return { marker, payload: bytes.subarray(0, 0), end: marked + 1 };
  const length = ((bytes[marked + 1] ?? 0) << 8) | (bytes[marked + 2] ?? 0);
  const end = marked + 1 + length;
  if (length < 2 || end > bytes.length) return undefined;
  return { marker, payload: bytes.subarray(marked + 3, end), end };
}

/** Stuffed zero, TEM, RST0 to RST7, SOI and EOI have no length. */
function isStandalone(marker: number): boolean {
  return marker <= 0x01 || (marker >= 0xd0 && marker <= EOI);
}

/** SOF0 to SOF15 without DHT (C4), JPG (C8) and DAC (CC). */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** T.81 B.2.2: precision, height, width, number of components. A height of 0 would be told after the scan. */
function frameSize(payload: Uint8Array): { width: number; height: number } | undefined {
  if (payload.length < 6) return undefined;
  const height = (payload[1]! << 8) | payload[2]!;
  const width = (payload[3]! << 8) | payload[4]!;
  return width > 0 && height > 0 && payload[5]! > 0 ? { width, height } : undefined;
}

function isExif({ marker, payload }: Segment): boolean {
  return marker === APP1 && [0x45, 0x78, 0x69, 0x66, 0, 0].every((byte, i) => payload[i] === byte);
}
