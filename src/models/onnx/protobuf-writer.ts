/** A field value as it is laid on the wire: varint, 32-bit float, or bytes (strings, messages, packed lists). */
type Chunk = Uint8Array;

const WIRE_VARINT = 0;
const WIRE_BYTES = 2;
const WIRE_FLOAT = 5;

/** Writes one protocol buffers message field by field, in the order of the calls. */
export class ProtobufWriter {
  readonly #chunks: Chunk[] = [];

  /** Writes an integer field; `value` must be a non-negative or negative safe integer (int64 on the wire). */
  integer(field: number, value: number): this {
    this.#chunks.push(varint(field * 8 + WIRE_VARINT), varint(value));
    return this;
  }

  /** Writes a 32-bit float field. */
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    this.#chunks.push(varint(field * 8 + WIRE_FLOAT), bytes);
    return this;
  }

  /** Writes a bytes field; the bytes are referenced, not copied, until {@link finish}. */
  bytes(field: number, value: Uint8Array): this {
    this.#chunks.push(varint(field * 8 + WIRE_BYTES), varint(value.length), value);
    return this;
  }

  /** Writes a string field as UTF-8. */
  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  /** Writes an embedded message. */
  message(field: number, value: ProtobufWriter): this {
    return this.bytes(field, value.finish());
  }

  /** Writes a packed list of integers. */
  packedIntegers(field: number, values: readonly number[]): this {
    return this.bytes(field, concatenate(values.map(varint)));
  }

  /** Returns the whole message. */
  finish(): Uint8Array {
    return concatenate(this.#chunks);
  }
}

/** Encodes base-128 digits, lowest first; negative numbers as their 64-bit two's complement. */
function varint(value: number): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const digits: number[] = [];
  while (rest > 127n) {
    digits.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  digits.push(Number(rest));
  return Uint8Array.from(digits);
}

function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    joined.set(chunk, at);
    at += chunk.length;
  }
  return joined;
}
