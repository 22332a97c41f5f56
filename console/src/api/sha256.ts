import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Returns the hex SHA-256 of a text. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** As {@link sha256Hex} for large bodies, by the browser's own code where it has any (HTTPS and localhost). */
export async function sha256HexOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // Plain HTTP on another machine's address: the type says that it is always there, browsers do not.
  const subtle = crypto.subtle as typeof crypto.subtle | undefined;
  if (subtle === undefined) return bytesToHex(sha256(bytes));
  return bytesToHex(new Uint8Array(await subtle.digest("SHA-256", bytes)));
}

/** Returns the HMAC-SHA256 of a text under a key. */
export function hmacSha256(key: Uint8Array | string, text: string): Uint8Array {
  return hmac(sha256, typeof key === "string" ? utf8ToBytes(key) : key, utf8ToBytes(text));
}

/** Returns the hex HMAC-SHA256 of a text under a key. */
export function hmacSha256Hex(key: Uint8Array, text: string): string {
  return bytesToHex(hmacSha256(key, text));
}
