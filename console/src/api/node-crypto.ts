import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/*
 * What src/protocol/digests.ts needs of node:crypto, under the same names, so that the page runs the server's own code
 * for signatures. The build and the types take this file in place of node:crypto.
 */

type Input = string | Uint8Array;

const HASHES = { sha1, sha256 };

const bytesOf = (input: Input): Uint8Array =>
  typeof input === "string" ? utf8ToBytes(input) : input;

/** As Node's `hash`: hex, or bytes for `buffer`. */
export function hash(name: keyof typeof HASHES, input: Input): string;
export function hash(name: keyof typeof HASHES, input: Input, form: "buffer"): Uint8Array;
export function hash(name: keyof typeof HASHES, input: Input, form?: "buffer"): Input {
  const digest = HASHES[name](bytesOf(input));
  return form === "buffer" ? digest : bytesToHex(digest);
}

/** The part of Node's Hmac that is used. */
interface Hmac {
  update(text: string): Hmac;
  digest(): Uint8Array;
  digest(form: "hex" | "base64"): string;
}

/** As Node's `createHmac`. */
export function createHmac(name: keyof typeof HASHES, key: Input): Hmac {
  const state = hmac.create(HASHES[name], bytesOf(key));
  const digest = (form?: "hex" | "base64"): Input => {
    const bytes = state.digest();
    if (form === undefined) return bytes;
    return form === "hex" ? bytesToHex(bytes) : btoa(String.fromCharCode(...bytes));
  };
  const self = {
    update(text: string): Hmac {
      state.update(utf8ToBytes(text));
      return self;
    },
    digest: digest as Hmac["digest"],
  };
  return self;
}

/** Compares bytes of equal length. In a page nobody measures the time but the person whose key it is. */
export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.every((byte, i) => byte === b[i]);
}
