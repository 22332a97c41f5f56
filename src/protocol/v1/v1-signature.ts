import { hmacBase64 } from "../digests.ts";

/** The two methods of the older signature; a call that names none means the first. */
export const V1_METHODS = { HmacSHA1: "sha1", HmacSHA256: "sha256" } as const;

/** A name of {@link V1_METHODS}. */
export type V1Method = keyof typeof V1_METHODS;

/** Returns the text that a v1 call signs: raw values, keys in ASCII order, `Signature` itself left out. */
export function v1StringToSign(
  method: string,
  host: string,
  pairs: Iterable<readonly [string, string]>,
): string {
  const joined = [...pairs]
    .filter(([key]) => key !== "Signature")
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join("&");
  return `${method}${host}/?${joined}`;
}

/** Signs a text; base64. */
export function v1Signature(secretKey: string, method: V1Method, text: string): string {
  return hmacBase64(V1_METHODS[method], secretKey, text);
}
