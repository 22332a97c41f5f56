import { hmacSha256, hmacSha256Hex, sha256Hex } from "../digests.ts";

/** The algorithm's name, first word of `Authorization` and first line of the string to sign. */
export const TC3_ALGORITHM = "TC3-HMAC-SHA256";

/** Last part of every credential scope. */
export const TC3_TERMINATOR = "tc3_request";

/** What takes the place of the body when a client does not sign it. */
export const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

/** The parts of a canonical request, each exactly as the signer saw it. */
export interface CanonicalParts {
  readonly method: string;
  /** The raw text after `?` of a GET; empty for a POST. */
  readonly query: string;
  /** Names (lower case) and values of the signed headers, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Hex SHA-256 of the body. */
  readonly payloadSha256: string;
}

/** Joins the parts as the TC3 documents prescribe; the path is always `/`. */
export function canonicalRequest(parts: CanonicalParts): string {
  return [
    parts.method,
    "/",
    parts.query,
    ...parts.headers.map(([name, value]) => `${name}:${value}`),
    "",
    parts.headers.map(([name]) => name).join(";"),
    parts.payloadSha256,
  ].join("\n");
}

/** Where and when a signature holds. */
export interface Tc3Scope {
  /** UTC date of the timestamp, `YYYY-MM-DD`. */
  readonly date: string;
  readonly service: string;
}

/** Returns the text that is signed. `timestamp` is the header's own text, in seconds. */
export function stringToSign(timestamp: string, scope: Tc3Scope, canonical: string): string {
  const place = `${scope.date}/${scope.service}/${TC3_TERMINATOR}`;
  return `${TC3_ALGORITHM}\n${timestamp}\n${place}\n${sha256Hex(canonical)}`;
}

/** Derives the key that signs within `scope`: date, service and terminator, one HMAC each. */
export function signingKey(secretKey: string, scope: Tc3Scope): Uint8Array {
  const forDate = hmacSha256(`TC3${secretKey}`, scope.date);
  return hmacSha256(hmacSha256(forDate, scope.service), TC3_TERMINATOR);
}

/** Signs a text; hex. */
export function tc3Signature(key: Uint8Array, text: string): string {
  return hmacSha256Hex(key, text);
}

/** Returns the UTC date of a Unix time as the scope writes it. */
export function scopeDate(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString().slice(0, 10);
}
