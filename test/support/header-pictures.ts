import { deflateSync } from "node:zlib";

/** Makes a TIFF block as EXIF carries it, with one orientation entry. */
export function exifBlock(orientation: number, isLittleEndian = true, type = 3): Buffer {
  const block = Buffer.alloc(26);
  const u16 = (value: number, at: number) =>
    isLittleEndian ? block.writeUInt16LE(value, at) : block.writeUInt16BE(value, at);
  const u32 = (value: number, at: number) =>
    isLittleEndian ? block.writeUInt32LE(value, at) : block.writeUInt32BE(value, at);
  block.write(isLittleEndian ? "II" : "MM", 0, "latin1");
  u16(42, 2);
  u32(8, 4);
  u16(1, 8);
  u16(0x0112, 10);
  u16(type, 12);
  u32(1, 14);
  u16(orientation, 18);
  return block;
}

/** Makes one JPEG segment. */
export function jpegSegment(marker: number, payload: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(payload.length + 2, 2);
  return Buffer.concat([head, payload]);
}

/** Makes the payload of a JPEG frame header with three components. */
export function jpegFrame(width: number, height: number): Buffer {
  const payload = Buffer.from([8, 0, 0, 0, 0, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0]);
  payload.writeUInt16BE(height, 1);
  payload.writeUInt16BE(width, 3);
  return payload;
}

/** Returns `jpeg` with an EXIF segment put in right behind its start. */
export function withExif(jpeg: Buffer, block: Uint8Array): Buffer {
  const payload = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), block]);
  return Buffer.concat([jpeg.subarray(0, 2), jpegSegment(0xe1, payload), jpeg.subarray(2)]);
}

/** Makes one PNG chunk; the checksum is wrong when asked for. */
export function pngChunk(type: string, data: Uint8Array, isChecksumWrong = false): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE((crc32(body) ^ (isChecksumWrong ? 1 : 0)) >>> 0, 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** Makes a grey 8-bit PNG whose header claims one size and whose pixels may have another number of rows. */
export function greyPng(width: number, height: number, rows = height): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  const pixels = deflateSync(Buffer.alloc((width + 1) * rows, 0));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk("IHDR", header),
    pngChunk("IDAT", pixels),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
