/** Markers of ITU-T T.81 table B.1, without their 0xFF. */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;

/** More segments than any camera or editor writes; a file of four-byte segments shall not keep us busy. */
const MAX_SEGMENTS = 4096;

/** One marker segment of a JPEG. */
export interface JpegSegment {
  /** The marker's second byte. */
  readonly marker: number;
  /** What follows the length. */
  readonly payload: Uint8Array;
  /** Where the next segment is looked for. */
  readonly end: number;
}

/** Lists the segments up to the first scan; undefined for a file that has none or is broken before it. */
export function readJpegSegments(bytes: Uint8Array): JpegSegment[] | undefined {
  const segments: JpegSegment[] = [];
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

function nextSegment(bytes: Uint8Array, from: number): JpegSegment | undefined {
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

/** Makes a segment; `payload` has at most 65533 bytes. */
export function writeJpegSegment(marker: number, payload: Uint8Array): Buffer {
  const head = Buffer.of(0xff, marker, 0, 0);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([head, payload]);
}
