import { crc32 } from "node:zlib";

const SIGNATURE_BYTES = 8;
/** Length, type and checksum around a chunk's data. */
const CHUNK_FRAME_BYTES = 12;
/** More chunks than any tool writes, scans of a 64-megapixel picture taken in. */
const MAX_CHUNKS = 65_536;

/** One chunk of a PNG. */
export interface PngChunk {
  /** Four letters. */
  readonly type: string;
  readonly data: Uint8Array;
}

/** Lists the chunks, pixels and what follows them included, up to the first that is broken; checksums do not count. */
export function readPngChunks(bytes: Uint8Array): PngChunk[] {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  let at = SIGNATURE_BYTES;
  while (chunks.length < MAX_CHUNKS && at + CHUNK_FRAME_BYTES <= view.length) {
    const end = at + CHUNK_FRAME_BYTES + view.readUInt32BE(at);
    if (end > view.length) break;
    chunks.push({
      type: view.toString("latin1", at + 4, at + 8),
      data: view.subarray(at + 8, end - 4),
    });
    at = end;
  }
  return chunks;
}

/** Makes a chunk with its checksum. */
export function writePngChunk(type: string, data: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
}
