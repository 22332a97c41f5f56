import { malformedForm, malformedRequest } from "../errors.ts";

/** Decoded pairs of a query or a form, in the order they came, each key once. */
export type FormPairs = ReadonlyMap<string, string>;

/** As many as a JSON body may have parts. */
const MAX_PAIRS = 2000;

/**
 * Decodes `a=b&c=d`. Throws `malformed-form` for a part without `=` or with broken percent-encoding,
 * `malformed-request` for a repeated key or too many.
 */
export function parseForm(text: string): FormPairs {
  const pairs = new Map<string, string>();
  if (text === "") return pairs;
  for (const part of text.split("&", MAX_PAIRS + 1)) {
    const at = part.indexOf("=");
    if (at < 1) throw malformedForm();
    const key = decode(part.slice(0, at));
    if (pairs.has(key)) throw malformedRequest("The request repeats a parameter.");
    pairs.set(key, decode(part.slice(at + 1)));
  }
  if (pairs.size > MAX_PAIRS) throw malformedRequest("The request has too many parameters.");
  return pairs;
}

/** Returns bytes as a text of as many characters; forms are ASCII, anything else fails its percent-encoding later. */
export function latin1Text(bytes: Uint8Array): string {
  return textOf(bytes);
}

/**
 * Returns units of UTF-16 as a text. A megabyte takes a decoder a few milliseconds, `String.fromCharCode` ten times as
 * long; units are spelled out in bytes so that the machine's byte order does not count.
 */
function textOf(units: Uint8Array | Uint16Array): string {
  const bytes = new Uint8Array(2 * units.length);
  for (let i = 0; i < units.length; i++) {
    bytes[2 * i] = units[i]! & 0xff;
    bytes[2 * i + 1] = units[i]! >> 8;
  }
  return new TextDecoder("utf-16le", { ignoreBOM: true }).decode(bytes);
}

const PLUS = 0x2b;
const BLANK = 0x20;

/** Reads each `+` as a blank; `replaceAll` needs half a second for a megabyte of them. */
function withBlanks(text: string): string {
  if (!text.includes("+")) return text;
  const units = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    units[i] = unit === PLUS ? BLANK : unit;
  }
  return textOf(units);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(withBlanks(text));
  } catch (cause) {
    throw malformedForm(cause);
  }
}
