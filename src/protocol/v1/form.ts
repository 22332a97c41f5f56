import { malformedForm, malformedRequest } from "../errors.ts";

/** Decoded pairs of a query or a form, in the order they came, each key once. */
export type FormPairs = ReadonlyMap<string, string>;

/** As many as a JSON body may have parts. */
const MAX_PAIRS = 2000;

/** Arguments of one call of `String.fromCharCode`, well below what engines take. */
const CHARACTERS_AT_ONCE = 8192;

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
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += CHARACTERS_AT_ONCE) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + CHARACTERS_AT_ONCE)));
  }
  return pieces.join("");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch (cause) {
    throw malformedForm(cause);
  }
}
