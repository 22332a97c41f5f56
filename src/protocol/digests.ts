import { createHmac, hash, timingSafeEqual } from "node:crypto";

/*
 * The only place of the protocol that needs Node's cryptography. The console's page computes the same signatures from
 * the same files and brings its own version of this one.
 */

/** Returns the hex SHA-256 of a text (as UTF-8) or of bytes. */
export function sha256Hex(input: string | Uint8Array): string {
  return hash("sha256", input);
}

/** Returns the HMAC-SHA256 of a text (as UTF-8); texts as keys are UTF-8 too. */
export function hmacSha256(key: string | Uint8Array, text: string): Uint8Array {
  return createHmac("sha256", key).update(text).digest();
}

/** As {@link hmacSha256}, in hex. */
export function hmacSha256Hex(key: string | Uint8Array, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}

/** Returns an HMAC by the hash of that name, as base64. */
export function hmacBase64(name: "sha1" | "sha256", key: string, text: string): string {
  return createHmac(name, key).update(text).digest("base64");
}

/** Compares two texts in a time that depends on neither; hashing first makes their lengths equal. */
export function isSameText(a: string, b: string): boolean {
  const digest = (text: string): Uint8Array => hash("sha256", text, "buffer");
  return timingSafeEqual(digest(a), digest(b));
}
