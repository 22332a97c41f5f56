import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** Bytes of the number that a watermark carries: 48 bits. */
const NUMBER_BYTES = 6;
const CHECK_BITS = 16;

/** Bits of a watermark: the number and its check. */
export const MARK_BITS = 8 * NUMBER_BYTES + CHECK_BITS;

/**
 * Returns the number of a result's watermark, 12 hexadecimal digits: the beginning of the SHA-256 of its ProduceID. Who
 * keeps RequestIds finds the one that belongs to a number; the number alone tells nothing.
 */
export function markNumberOf(produceId: string): string {
  const digest = createHash("sha256").update(`faceloom watermark ${produceId}`).digest();
  return digest.toString("hex", 0, NUMBER_BYTES);
}

/** Spreads a number and its check over bits. */
export function bitsOfNumber(number: string): Uint8Array {
  const bytes = Buffer.from(number, "hex");
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(bytes));
  const all = Buffer.concat([bytes, check.subarray(2)]);
  return Uint8Array.from({ length: MARK_BITS }, (_, i) => (all[i >> 3]! >> (7 - (i & 7))) & 1);
}

/** Reads a number back; undefined when the check does not fit. */
export function numberOfBits(bits: Uint8Array): string | undefined {
  const bytes = Buffer.alloc(NUMBER_BYTES);
  for (let i = 0; i < 8 * NUMBER_BYTES; i++) bytes[i >> 3] = (bytes[i >> 3]! << 1) | bits[i]!;
  const number = bytes.toString("hex");
  return bitsOfNumber(number).every((bit, i) => bit === bits[i]) ? number : undefined;
}
