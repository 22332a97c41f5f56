/** Tags of DER (ITU-T X.690) that certificates use. */
const TAGS = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  id: 0x06,
  text: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Writes one element: tag, length in its shortest form, contents. */
export function derElement(
  tag: keyof typeof TAGS | number,
  ...contents: readonly Uint8Array[]
): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const lengthBytes = length < 0x80 ? [length] : bigEndian(length);
  const head = length < 0x80 ? lengthBytes : [0x80 | lengthBytes.length, ...lengthBytes];
  return Buffer.concat([Buffer.of(typeof tag === "number" ? tag : TAGS[tag], ...head), content]);
}

function bigEndian(value: number): number[] {
  return value < 0x100 ? [value] : [...bigEndian(value >> 8), value & 0xff];
}

/** Writes an object identifier such as `2.5.29.15`. */
export function derId(id: string): Buffer {
  const [first = 0, second = 0, ...rest] = id.split(".").map(Number);
  return derElement("id", Buffer.from([40 * first + second, ...rest].flatMap(base128)));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) {
    digits.unshift(0x80 | (left & 0x7f));
  }
  return digits;
}

/** Writes a time of 1950 to 2049 as UTCTime, which certificates must use for them (RFC 5280, 4.1.2.5). */
export function derTime(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/[-:T]|\.\d+/g, "");
  return derElement("utcTime", Buffer.from(digits.slice(2)));
}

/** Writes whole bytes as a bit string. */
export function derBits(bytes: Uint8Array, unusedBits = 0): Buffer {
  return derElement("bits", Buffer.of(unusedBits), bytes);
}
