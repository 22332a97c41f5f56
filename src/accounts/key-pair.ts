import { randomInt } from "node:crypto";
import type { KeyPair, TemporaryKey } from "./accounts.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Makes a pair in the original's form: `AKID` and 32 characters, and a key of 32 characters (190 random bits). */
export function generateKeyPair(): KeyPair {
  return { secretId: `AKID${randomText(32)}`, secretKey: randomText(32) };
}

/** Makes a key with a token of 64 characters that ends at `expiresAtMs` (Unix ms). */
export function generateTemporaryKey(expiresAtMs: number): TemporaryKey {
  return { ...generateKeyPair(), token: randomText(64), expiresAtMs };
}

function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}
