/**
 * Spells parameters out for a query or a form, as the official clients do: `MergeInfos.0.Url`, lists counted from 0,
 * numbers and booleans as texts. Nulls are left out, and so are empty lists and objects, for which there is no name.
 */
export function flattenParameters(parameters: object): [name: string, value: string][] {
  return Object.entries(parameters).flatMap(([name, value]) => flattened(name, value));
}

function flattened(name: string, value: unknown): [string, string][] {
  if (value === null || value === undefined) return [];
  if (typeof value !== "object") return [[name, String(value)]];
  return Object.entries(value).flatMap(([part, member]) => flattened(`${name}.${part}`, member));
}

/** Writes pairs as a query or a form, in percent-encoded UTF-8; a blank becomes `%20`. */
export function formText(pairs: Iterable<readonly [name: string, value: string]>): string {
  return [...pairs].map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

/** Encodes what RFC 3986 does not leave unreserved; `encodeURIComponent` spares some more. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
