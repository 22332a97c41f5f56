import { createHash, randomBytes } from "node:crypto";

/** The hash before the first row. */
export const CHAIN_START = Buffer.alloc(32);

/** A record's content, sealed into the chain. */
export interface Link {
  readonly salt: Buffer;
  readonly contentHash: Buffer;
  readonly hash: Buffer;
}

/** Seals a record's text as row `seq` behind the row with `previousHash`. */
export function createLink(text: string, seq: number, previousHash: Uint8Array): Link {
  const salt = randomBytes(16);
  const contentHash = contentHashOf(salt, text);
  return { salt, contentHash, hash: chainHashOf(previousHash, seq, contentHash) };
}

/** SHA-256 of the salt and the text. */
export function contentHashOf(salt: Uint8Array, text: string): Buffer {
  return createHash("sha256").update(salt).update(text).digest();
}

/** SHA-256 of the hash before, the number as 8 bytes, and the content's hash. */
export function chainHashOf(
  previousHash: Uint8Array,
  seq: number,
  contentHash: Uint8Array,
): Buffer {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(seq));
  return createHash("sha256").update(previousHash).update(number).update(contentHash).digest();
}
