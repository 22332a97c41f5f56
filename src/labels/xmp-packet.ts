import type { AigcField } from "./aigc-field.ts";
import type { ResultOrigin } from "./result-origin.ts";

/** IPTC's word for a photo of which a part was made by a trained model. */
export const DIGITAL_SOURCE_TYPE =
  "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";

/** Writes an XMP packet (ISO 16684-1): the AIGC field, IPTC's source type, program, time and number. */
export function writeXmpPacket(origin: ResultOrigin, field: AigcField): string {
  const date = new Date(origin.createdAtMs).toISOString();
  const members = [
    element("TC260:AIGC", JSON.stringify(field)),
    element("Iptc4xmpExt:DigitalSourceType", DIGITAL_SOURCE_TYPE),
    element("xmp:CreatorTool", origin.creatorTool),
    element("xmp:CreateDate", date),
    element("dc:identifier", origin.produceId),
  ];
  return [
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    '<rdf:Description rdf:about=""',
    ' xmlns:TC260="http://www.tc260.org.cn/ns/AIGC/1.0/"',
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"',
    ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/">',
    ...members,
    "</rdf:Description></rdf:RDF></x:xmpmeta>",
    '<?xpacket end="r"?>',
  ].join("\n");
}

function element(name: string, text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return `<${name}>${escaped}</${name}>`;
}

/** What is read from a packet; absent members were not in it. */
export interface XmpFacts {
  /** The text of `TC260:AIGC`. */
  readonly aigc?: string | undefined;
  readonly digitalSourceType?: string | undefined;
  readonly creatorTool?: string | undefined;
  readonly createDate?: string | undefined;
}

/** Reads a packet of anyone's, with properties as elements or as attributes. */
export function readXmpPacket(packet: string): XmpFacts {
  return {
    aigc: property(packet, "AIGC"),
    digitalSourceType: property(packet, "DigitalSourceType"),
    creatorTool: property(packet, "CreatorTool"),
    createDate: property(packet, "CreateDate"),
  };
}

/** Bounds the look at strangers' packets: a name, then at most so many characters of text. */
function property(packet: string, name: string): string | undefined {
  const found =
    new RegExp(`<[\\w-]{1,32}:${name}>([^<]{0,4096})</`).exec(packet) ??
    new RegExp(`\\s[\\w-]{1,32}:${name}="([^"]{0,4096})"`).exec(packet) ??
    new RegExp(`\\s[\\w-]{1,32}:${name}='([^']{0,4096})'`).exec(packet);
  return found?.[1] === undefined ? undefined : unescaped(found[1]);
}

function unescaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    lt: "<",
    gt: ">",
    quot: '"',
    apos: "'",
    "#34": '"',
    "#39": "'",
    "#x22": '"',
    amp: "&",
  };
  return text.replace(/&(#?\w{2,4});/g, (whole, name: string) => entities[name] ?? whole);
}
