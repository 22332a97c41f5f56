import { writeExifComment } from "../imaging/exif-comment.ts";
import { writeJpegSegment } from "../imaging/jpeg-segments.ts";
import type { PictureFormat } from "../imaging/picture.ts";
import { writePngChunk } from "../imaging/png-chunks.ts";
import { type AigcField, aigcFieldOf } from "./aigc-field.ts";
import { type FoundLabels, findLabels } from "./find-labels.ts";
import type { PictureNote } from "./picture-note.ts";
import type { ResultOrigin } from "./result-origin.ts";
import { writeXmpPacket } from "./xmp-packet.ts";

/** What is written into a result's file. */
export interface FileLabels {
  readonly origin: ResultOrigin;
  /** The caller's own words, if any; at most 10 000 characters. */
  readonly note?: PictureNote | undefined;
}

/**
 * Returns the encoded picture with the implicit label: in a JPEG as EXIF UserComment and XMP, in a PNG as `tEXt` and
 * uncompressed `iTXt`, in front of the pixels, which stay as they are. `bytes` is a file of ours without metadata.
 * The file is read back: it throws unless each carrier is found once and says the same.
 */
export function addImplicitLabel(
  bytes: Uint8Array,
  format: PictureFormat,
  { origin, note }: FileLabels,
): Uint8Array {
  const field = aigcFieldOf(origin);
  const xmp = Buffer.from(writeXmpPacket(origin, field));
  const [at, blocks] =
    format === "jpeg"
      ? [END_OF_SOI, jpegBlocks(field, xmp, note)]
      : [END_OF_IHDR, pngBlocks(field, xmp, note)];
  const labelled = Buffer.concat([bytes.subarray(0, at), ...blocks, bytes.subarray(at)]);
  requireLabel(findLabels(labelled, format), field, format);
  return labelled;
}

/** EXIF follows the first marker at once (EXIF 2.32, 4.5.4); our encoder writes no JFIF segment. */
const END_OF_SOI = 2;

/** Signature (8 bytes), then IHDR: length, type, 13 bytes, checksum (PNG 3rd edition, 5.2 and 11.2.1). */
const END_OF_IHDR = 8 + 12 + 13;

const APP1 = 0xe1;

function jpegBlocks(field: AigcField, xmp: Buffer, note: PictureNote | undefined): Buffer[] {
  const comment = asciiJson({ AIGC: field, ...noteMember(note) });
  return [
    writeJpegSegment(APP1, Buffer.concat([Buffer.from("Exif\0\0"), writeExifComment(comment)])),
    writeJpegSegment(APP1, Buffer.concat([Buffer.from("http://ns.adobe.com/xap/1.0/\0"), xmp])),
  ];
}

/** sharp would compress the texts (zTXt), which readers of the label need not understand. */
function pngBlocks(field: AigcField, xmp: Buffer, note: PictureNote | undefined): Buffer[] {
  // Keyword; not compressed, method 0; no language, no translated keyword (PNG 3rd edition, 11.3.3.4).
  const head = Buffer.from("XML:com.adobe.xmp\0\0\0\0\0", "latin1");
  return [
    ...(note === undefined
      ? []
      : [writePngChunk("eXIf", writeExifComment(asciiJson(noteMember(note))))]),
    writePngChunk("tEXt", Buffer.from(`AIGC\0${JSON.stringify(field)}`, "latin1")),
    writePngChunk("iTXt", Buffer.concat([head, xmp])),
  ];
}

/** The name `AIGC` belongs to the label: two values under it would contradict each other. */
function noteMember(note: PictureNote | undefined): Record<string, string> {
  if (note === undefined) return {};
  return { [note.name === "AIGC" ? "MetaData.AIGC" : note.name]: note.value };
}

/** JSON escapes are the one spelling of any text that readers of EXIF's ASCII code cannot get wrong. */
function asciiJson(value: object): string {
  const escaped = (unit: string): string =>
    `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, escaped);
}

const CARRIERS: Readonly<Record<PictureFormat, readonly string[]>> = {
  jpeg: ["EXIF UserComment", "XMP"],
  png: ["PNG tEXt", "XMP"],
};

function requireLabel(found: FoundLabels, field: AigcField, format: PictureFormat): void {
  const carriers = found.aigc.map(({ carrier }) => carrier).toSorted();
  const isWhole =
    carriers.join() === CARRIERS[format].join() &&
    found.aigc.every((label) => JSON.stringify(label.field) === JSON.stringify(field));
  if (!isWhole) throw new Error("The implicit label cannot be read back from the result.");
}
