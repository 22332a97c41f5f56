/** TIFF types and tags of EXIF 2.32, tables 1 to 4. */
const LONG = 4;
const UNDEFINED = 7;
const EXIF_POINTER = 0x8769;
const EXIF_VERSION = 0x9000;
const USER_COMMENT = 0x9286;

/** An entry, and the eight bytes that say how the comment's text is written. */
const ENTRY_BYTES = 12;
const CODE_BYTES = 8;

/**
 * Writes an EXIF block (big-endian TIFF) that holds a UserComment in ASCII and nothing else: IFD0 with the pointer to
 * the EXIF IFD, and that with version and comment.
 */
export function writeExifComment(ascii: string): Buffer {
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
  return 2 + ENTRY_BYTES * entries + 4;
}

/** Count, entries, and no next directory. */
function ifd(entries: readonly IfdEntry[]): Buffer {
  const bytes = Buffer.alloc(ifdBytes(entries.length));
  bytes.writeUInt16BE(entries.length, 0);
  for (const [i, { tag, type, count, value }] of entries.entries()) {
    const at = 2 + ENTRY_BYTES * i;
    bytes.writeUInt16BE(tag, at);
    bytes.writeUInt16BE(type, at + 2);
    bytes.writeUInt32BE(count, at + 4);
    bytes.writeUInt32BE(value, at + 8);
  }
  return bytes;
}

/**
 * Reads the UserComment of an EXIF block of anyone's, in either byte order; texts in ASCII, UTF-16 or of no stated
 * kind. Undefined when there is none, or the block is broken.
 */
export function readExifComment(tiff: Uint8Array): string | undefined {
  if (tiff.length < 8) return undefined;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const isLittleEndian = view.getUint16(0) === 0x4949;
  const directory = entryOf(view, view.getUint32(4, isLittleEndian), EXIF_POINTER, isLittleEndian);
  if (directory === undefined) return undefined;
  const comment = entryOf(view, directory.value, USER_COMMENT, isLittleEndian);
  if (comment === undefined || comment.count < CODE_BYTES) return undefined;
  const end = comment.value + comment.count;
  if (end > tiff.length) return undefined;
  const bytes = Buffer.from(tiff.subarray(comment.value, end));
  return textOf(bytes, isLittleEndian).replace(/\0+$/, "");
}

function entryOf(
  view: DataView,
  directory: number,
  tag: number,
  isLittleEndian: boolean,
): Pick<IfdEntry, "count" | "value"> | undefined {
  if (directory + 2 > view.byteLength) return undefined;
  const count = view.getUint16(directory, isLittleEndian);
  for (let i = 0; i < count; i++) {
    const at = directory + 2 + ENTRY_BYTES * i;
    if (at + ENTRY_BYTES > view.byteLength) return undefined;
    if (view.getUint16(at, isLittleEndian) !== tag) continue;
    return {
      count: view.getUint32(at + 4, isLittleEndian),
      value: view.getUint32(at + 8, isLittleEndian),
    };
  }
  return undefined;
}

function textOf(comment: Buffer, isLittleEndian: boolean): string {
  const text = comment.subarray(CODE_BYTES);
  if (!comment.subarray(0, CODE_BYTES).equals(Buffer.from("UNICODE\0")))
    return text.toString("utf8");
  const even = Buffer.from(text.subarray(0, text.length - (text.length % 2)));
  return (isLittleEndian ? even : even.swap16()).toString("utf16le");
}
