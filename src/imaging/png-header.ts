import { type ExifOrientation, readExifOrientation } from "./exif-orientation.ts";
import type { StoredSize } from "./stored-size.ts";

/** Chunk types of the PNG specification as big-endian numbers. */
const IHDR = 0x49484452;
const IDAT = 0x49444154;
const EXIF = 0x65584966;

const SIGNATURE_BYTES = 8;
/** Length, type and checksum around a chunk's data. */
const CHUNK_FRAME_BYTES = 12;
/** More chunks than any tool writes before the pixels. */
const MAX_CHUNKS = 4096;

/** Reads size and orientation from a PNG's chunks up to its pixels; undefined when IHDR is not where it must be. */
export function readPngHeader(bytes: Uint8Array): StoredSize | undefined {
  if (bytes.length < 33) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(12) !== IHDR) return undefined;
  const width = view.getUint32(16);
  const height = view.getUint32(20);
  if (width === 0 || height === 0) return undefined;
  return { width, height, orientation: findOrientation(view) };
}

/** An eXIf chunk behind the pixels is not looked for: decoders do not apply that one. */
function findOrientation(view: DataView): ExifOrientation {
  let at = SIGNATURE_BYTES;
  for (let n = 0; n < MAX_CHUNKS && at + CHUNK_FRAME_BYTES <= view.byteLength; n++) {
    const length = view.getUint32(at);
    const type = view.getUint32(at + 4);
    const end = at + CHUNK_FRAME_BYTES + length;
    if (type === IDAT || end > view.byteLength) return 1;
    if (type === EXIF) {
      return readExifOrientation(new Uint8Array(view.buffer, view.byteOffset + at + 8, length));
    }
    at = end;
  }
  return 1;
}
