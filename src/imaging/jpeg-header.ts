import { readExifOrientation } from "./exif-orientation.ts";
import { type JpegSegment, readJpegSegments } from "./jpeg-segments.ts";
import type { StoredSize } from "./stored-size.ts";

/** Marker of EXIF, without its 0xFF. */
const APP1 = 0xe1;

/**
 * Reads size and orientation from a JPEG's segments up to its first scan, without a decoder. Undefined when there is
 * no frame header before the scan, more than one, or one that leaves the height open.
 */
export function readJpegHeader(bytes: Uint8Array): StoredSize | undefined {
  const segments = readJpegSegments(bytes);
  const frames = segments?.filter(({ marker }) => isFrameHeader(marker)) ?? [];
  const size = frames.length === 1 ? frameSize(frames[0]!.payload) : undefined;
  const exif = segments?.find(isExif);
  return size && { ...size, orientation: exif ? readExifOrientation(exif.payload.subarray(6)) : 1 };
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

function isExif({ marker, payload }: JpegSegment): boolean {
  return marker === APP1 && [0x45, 0x78, 0x69, 0x66, 0, 0].every((byte, i) => payload[i] === byte);
}
