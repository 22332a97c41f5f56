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

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch (cause) {
    throw malformedForm(cause);
  }
}
