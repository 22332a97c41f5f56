import { setImmediate } from "node:timers/promises";

/** Whole groups of three bytes, about a millisecond of work. */
const PART_BYTES = 3 * 2 ** 18;

/** Encodes bytes as base64 text in ASCII; the event loop turns after each part. */
export async function encodeBase64(bytes: Uint8Array): Promise<Buffer> {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Buffer[] = [];
  for (let at = 0; at < whole.length; at += PART_BYTES) {
    parts.push(Buffer.from(whole.toString("base64", at, at + PART_BYTES), "latin1"));
    await setImmediate();
  }
  return Buffer.concat(parts);
}

/** Returns how many bytes padded base64 text stands for. */
export function decodedLength(text: Buffer): number {
  const padding = [text.at(-1), text.at(-2)].filter((code) => code === PADDING).length;
  return (text.length / 4) * 3 - padding;
}

/** `=` */
const PADDING = 0x3d;
