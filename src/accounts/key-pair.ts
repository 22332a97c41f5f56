import { randomInt } from "node:crypto";
import type { Credential } from "./accounts.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Makes a pair in the original's form: `AKID` and 32 characters, and a key of 32 characters (190 random bits). */
export function generateKeyPair(): Pick<Credential, "secretId" | "secretKey"> {
  return { secretId: `AKID${randomText(32)}`, secretKey: randomText(32) };
}

function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
}
