import { crc32 } from "node:zlib";
import type { PictureFormat } from "./picture.ts";

/** One name and value to be carried inside a picture's file. */
export interface PictureNote {
  readonly name: string;
  readonly value: string;
}

/**
 * Returns the encoded picture with a note: an EXIF UserComment that holds the JSON object `{"name":"value"}` in ASCII
 * (other characters as `\uXXXX`), in JPEG as an APP1 segment, in PNG as an eXIf chunk. The pixels stay as they are.
 * `bytes` is a file of ours without EXIF; the note has at most 10 000 characters, which fits one segment.
 */
export function addPictureNote(
  bytes: Uint8Array,
  format: PictureFormat,
  note: PictureNote,
): Uint8Array {
  const exif = exifWithComment(asciiJson({ [note.name]: note.value }));
  const [at, block] =
    format === "jpeg" ? [END_OF_SOI, app1(exif)] : [END_OF_IHDR, pngChunk("eXIf", exif)];
  return Buffer.concat([bytes.subarray(0, at), block, bytes.subarray(at)]);
}

/** EXIF follows the first marker at once (EXIF 2.32, 4.5.4); our encoder writes no JFIF segment. */
const END_OF_SOI = 2;

/** Signature (8 bytes), then IHDR: length, type, 13 bytes, checksum (PNG 3rd edition, 5.2 and 11.2.1). */
const END_OF_IHDR = 8 + 12 + 13;

/** JSON escapes are the one spelling of any text that readers of EXIF's ASCII code cannot get wrong. */
function asciiJson(value: object): string {
  const escaped = (unit: string): string =>
    `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, escaped);
}

function app1(exif: Buffer): Buffer {
  const head = Buffer.from("\xff\xe1\0\0Exif\0\0", "latin1");
  head.writeUInt16BE(head.length - 2 + exif.length, 2);
  return Buffer.concat([head, exif]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(typed), 4);
  return Buffer.concat([frame.subarray(0, 4), typed, frame.subarray(4)]);
}

/** TIFF types and tags of EXIF 2.32, tables 1 to 4. */
const LONG = 4;
const UNDEFINED = 7;
const EXIF_POINTER = 0x8769;
const EXIF_VERSION = 0x9000;
const USER_COMMENT = 0x9286;

/** A big-endian TIFF block: IFD0 with nothing but the pointer to the EXIF IFD, and that with version and comment. */
function exifWithComment(ascii: string): Buffer {
  const comment = Buffer.from(`ASCII\0\0\0${ascii}`, "latin1");
  const exifAt = 8 + ifdBytes(1);
  const commentAt = exifAt + ifdBytes(2);
  const version = Buffer.from("0232").readUInt32BE();
  return Buffer.concat([
    Buffer.from("MM\0\x2a\0\0\0\x08", "latin1"),
    ifd([{ tag: EXIF_POINTER, type: LONG, count: 1, value: exifAt }]),
    ifd([
      { tag: EXIF_VERSION, type: UNDEFINED, count: 4, value: version },
      { tag: USER_COMMENT, type: UNDEFINED, count: comment.length, value: commentAt },
    ]),
    comment,
  ]);
}

interface IfdEntry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  /** The value itself when it has four bytes, else its place in the block. */
  readonly value: number;
}

function ifdBytes(entries: number): number {
  return 2 + 12 * entries + 4;
}

/** Count, entries, and no next directory. */
function ifd(entries: readonly IfdEntry[]): Buffer {
  const bytes = Buffer.alloc(ifdBytes(entries.length));
  bytes.writeUInt16BE(entries.length, 0);
  for (const [i, { tag, type, count, value }] of entries.entries()) {
    const at = 2 + 12 * i;
    bytes.writeUInt16BE(tag, at);
    bytes.writeUInt16BE(type, at + 2);
    bytes.writeUInt32BE(count, at + 4);
    bytes.writeUInt32BE(value, at + 8);
  }
  return bytes;
}
