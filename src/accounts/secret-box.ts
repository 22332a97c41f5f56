import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { AppError } from "../base/app-error.ts";

/** Seals texts under one key; `place` binds a sealed text to where it is kept. */
export interface SecretBox {
  seal(text: string, place: string): Buffer;
  /** Throws `configuration-invalid` when the key is not the one that sealed, or `place` is another. */
  open(sealed: Uint8Array, place: string): string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Makes a box of AES-256-GCM. Keys cannot be kept as hashes: checking a signature needs the plain SecretKey.
 * Sealed form: nonce (12 bytes), ciphertext, tag (16 bytes). `masterKey` has 32 bytes.
 */
export function createSecretBox(masterKey: Uint8Array): SecretBox {
  return {
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", masterKey, nonce).setAAD(Buffer.from(place));
      const body = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, body, cipher.getAuthTag()]);
    },
    open(sealed, place) {
      const nonce = sealed.subarray(0, NONCE_BYTES);
      const body = sealed.subarray(NONCE_BYTES, -TAG_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", masterKey, nonce)
        .setAAD(Buffer.from(place))
        .setAuthTag(sealed.subarray(-TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(body), decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new AppError(
          "configuration-invalid",
          "A stored SecretKey cannot be opened: master.key is not the one it was sealed with.",
          { cause, report: true },
        );
      }
    },
  };
}
