import { readExifComment } from "../imaging/exif-comment.ts";
import { readJpegSegments } from "../imaging/jpeg-segments.ts";
import type { PictureFormat } from "../imaging/picture.ts";
import { readPngChunks } from "../imaging/png-chunks.ts";
import { type AigcField, parseAigcField } from "./aigc-field.ts";
import { readXmpPacket, type XmpFacts } from "./xmp-packet.ts";

/** An implicit label as one carrier of a file holds it. */
export interface FoundAigc {
  readonly carrier: "EXIF UserComment" | "PNG tEXt" | "XMP";
  readonly text: string;
  /** Undefined when the text is not a field with the seven keys. */
  readonly field: AigcField | undefined;
}

/** What a file says of its origin, in the order in which it says so. */
export interface FoundLabels {
  readonly aigc: readonly FoundAigc[];
  /** One for each XMP packet. */
  readonly xmp: readonly XmpFacts[];
  /** The EXIF UserComment with everything in it. */
  readonly comments: readonly string[];
  /** True when the file carries a C2PA manifest store, valid or not. */
  readonly hasC2pa: boolean;
  /** Every other block of metadata, by its own name and with its size, such as `ICC profile (560 bytes)`. */
  readonly others: readonly string[];
}

type Finding =
  | { readonly kind: "xmp"; readonly packet: string }
  | { readonly kind: "exif"; readonly tiff: Uint8Array }
  | { readonly kind: "text"; readonly keyword: string; readonly text: string }
  | { readonly kind: "c2pa" }
  | { readonly kind: "other"; readonly name: string };

/** Reads all metadata of a JPEG or PNG, without decoding a pixel. Broken blocks are passed over. */
export function findLabels(bytes: Uint8Array, format: PictureFormat): FoundLabels {
  const findings = format === "jpeg" ? jpegFindings(bytes) : pngFindings(bytes);
  const comments = findings.flatMap((one) =>
    one.kind === "exif" ? (readExifComment(one.tiff) ?? []) : [],
  );
  const xmp = findings.flatMap((one) => (one.kind === "xmp" ? readXmpPacket(one.packet) : []));
  const texts = findings.flatMap((one) =>
    one.kind === "text" && one.keyword === "AIGC" ? one.text : [],
  );
  return {
    aigc: [
      ...comments.filter((text) => text.includes('"AIGC"')).map(aigcIn("EXIF UserComment")),
      ...texts.map(aigcIn("PNG tEXt")),
      ...xmp.flatMap(({ aigc }) => aigc ?? []).map(aigcIn("XMP")),
    ],
    xmp,
    comments,
    hasC2pa: findings.some(({ kind }) => kind === "c2pa"),
    others: findings.flatMap((one) => nameOfOther(one)),
  };
}

function aigcIn(carrier: FoundAigc["carrier"]): (text: string) => FoundAigc {
  return (text) => ({ carrier, text, field: parseAigcField(text) });
}

/** EXIF without a comment is told of as well: it may hold a place or a serial number. */
function nameOfOther(finding: Finding): string[] {
  if (finding.kind === "other") return [finding.name];
  if (finding.kind === "text" && finding.keyword !== "AIGC") return [`text "${finding.keyword}"`];
  if (finding.kind !== "exif" || readExifComment(finding.tiff) !== undefined) return [];
  return [`EXIF without a comment (${finding.tiff.length} bytes)`];
}

/** How the payload of an application segment begins, and what it then is. */
const SEGMENT_STARTS: readonly (readonly [
  marker: number,
  start: string,
  toFinding: (rest: Buffer) => Finding,
])[] = [
  [0xe1, "Exif\0\0", (tiff) => ({ kind: "exif", tiff })],
  [0xe1, "http://ns.adobe.com/xap/1.0/\0", (rest) => ({ kind: "xmp", packet: rest.toString() })],
  [0xe2, "ICC_PROFILE\0", other("ICC profile")],
  // ISO 19566-5: boxes of JUMBF; those of C2PA are the only ones in use.
  [0xeb, "JP", () => ({ kind: "c2pa" })],
  [0xed, "Photoshop 3.0\0", other("Photoshop and IPTC-IIM resources")],
  [0xee, "Adobe", other("Adobe colour transform")],
  [0xe0, "JFIF\0", other("JFIF header")],
  [0xfe, "", other("comment")],
];

function other(name: string): (rest: Buffer) => Finding {
  return (rest) => ({ kind: "other", name: `${name} (${rest.length} bytes)` });
}

function jpegFindings(bytes: Uint8Array): Finding[] {
  return (readJpegSegments(bytes) ?? []).flatMap(({ marker, payload }) => {
    const view = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
    const known = SEGMENT_STARTS.find(
      ([one, start]) => one === marker && view.toString("latin1", 0, start.length) === start,
    );
    if (known !== undefined) return known[2](view.subarray(known[1].length));
    const isApplication = marker >= 0xe0 && marker <= 0xef;
    return isApplication ? other(`application segment ${marker - 0xe0}`)(view) : [];
  });
}

/** Chunks that describe pixels, not origins (PNG 3rd edition, 5.6). */
const PIXEL_CHUNKS = /^(IHDR|PLTE|IDAT|IEND|tRNS|gAMA|sRGB|cHRM|cICP|sBIT|bKGD|pHYs|hIST|sPLT)$/;

function pngFindings(bytes: Uint8Array): Finding[] {
  return readPngChunks(bytes).flatMap(({ type, data }) => {
    if (PIXEL_CHUNKS.test(type)) return [];
    const view = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    if (type === "eXIf") return { kind: "exif", tiff: view };
    if (type === "tEXt") return plainText(view);
    if (type === "iTXt") return internationalText(view);
    if (type === "caBX") return { kind: "c2pa" };
    return other(type === "iCCP" ? "ICC profile" : `chunk ${type}`)(view);
  });
}

function plainText(data: Buffer): Finding {
  const [keyword = "", ...rest] = data.toString("latin1").split("\0");
  return { kind: "text", keyword, text: rest.join("\0") };
}

/** A compressed text is told by its name only: nothing of ours is compressed, and strangers' may be bombs. */
function internationalText(data: Buffer): Finding {
  const end = Math.max(0, data.indexOf(0));
  const keyword = data.toString("latin1", 0, end);
  const language = data.indexOf(0, end + 3);
  const translated = data.indexOf(0, language + 1);
  if (data[end + 1] !== 0 || language < 0 || translated < 0) {
    return { kind: "other", name: `compressed text "${keyword}"` };
  }
  const text = data.toString("utf8", translated + 1);
  return keyword === "XML:com.adobe.xmp"
    ? { kind: "xmp", packet: text }
    : { kind: "text", keyword, text };
}
