/** Major types of CBOR (RFC 8949, 3.1). */
const UNSIGNED = 0;
const NEGATIVE = 1;
const BYTES = 2;
const TEXT = 3;
const ARRAY = 4;
const MAP = 5;

/** `null`, which stands for a payload that is kept elsewhere, and the tag of COSE_Sign1 (RFC 9052, 4.2). */
const NULL = Buffer.of(0xf6);
const COSE_SIGN1 = Buffer.of(0xd2);

/** Labels of COSE headers: algorithm (RFC 9052, 3.1) and certificate chain (RFC 9360). */
const ALGORITHM = 1;
const X5CHAIN = 33;

/** Who signs, and with what. */
export interface CoseKey {
  /** Number of the algorithm in the COSE registry, below zero. */
  readonly algorithm: number;
  /** The signer's certificate, then those above it but for the root; DER. */
  readonly chain: readonly Uint8Array[];
  sign(bytes: Uint8Array): Uint8Array;
}

/** Signs a payload that is kept elsewhere, a C2PA claim: a COSE_Sign1 structure with the chain in its protected header. */
export function signCose(payload: Uint8Array, key: CoseKey): Buffer {
  const headers = Buffer.concat([
    head(MAP, 2),
    head(UNSIGNED, ALGORITHM),
    head(NEGATIVE, -1 - key.algorithm),
    head(UNSIGNED, X5CHAIN),
    chainOf(key.chain),
  ]);
  const signed = array(text("Signature1"), bytes(headers), bytes(new Uint8Array()), bytes(payload));
  return Buffer.concat([
    COSE_SIGN1,
    array(bytes(headers), head(MAP, 0), NULL, bytes(key.sign(signed))),
  ]);
}

/** One certificate stands alone, several in an array (RFC 9360, 2). */
function chainOf(chain: readonly Uint8Array[]): Buffer {
  const [first, ...others] = chain.map(bytes);
  return others.length === 0 ? first! : array(first!, ...others);
}

function bytes(content: Uint8Array): Buffer {
  return Buffer.concat([head(BYTES, content.length), content]);
}

function text(content: string): Buffer {
  return Buffer.concat([head(TEXT, Buffer.byteLength(content)), Buffer.from(content)]);
}

function array(...items: readonly Buffer[]): Buffer {
  return Buffer.concat([head(ARRAY, items.length), ...items]);
}

/** The shortest form, as RFC 8949, 4.2.1 asks. */
function head(major: number, value: number): Buffer {
  const type = major << 5;
  if (value < 24) return Buffer.of(type | value);
  if (value < 2 ** 8) return Buffer.of(type | 24, value);
  if (value < 2 ** 16) return Buffer.of(type | 25, value >> 8, value & 0xff);
  const long = Buffer.alloc(5);
  long[0] = type | 26;
  long.writeUInt32BE(value, 1);
  return long;
}
