/** A value of a FlexBuffers map as custom TFLite operators store their options. */
export type FlexValue = number | readonly number[];

/** Kinds of values, numbered as in the FlexBuffers specification. */
const KIND = { int: 1, uint: 2, float: 3, map: 9, intVector: 11, uintVector: 12, floatVector: 13 };

/**
 * Reads the root map of a FlexBuffers value: numbers and vectors of numbers, which is all that the
 * operators at hand use. Throws a RangeError for anything else.
 */
export function readFlexMap(bytes: Uint8Array): Map<string, FlexValue> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rootWidth = bytes[bytes.length - 1]!;
  const rootType = bytes[bytes.length - 2]!;
  const rootAt = bytes.length - 2 - rootWidth;
  if (rootType >> 2 !== KIND.map) throw new RangeError("The options are not a FlexBuffers map.");
  const width = 1 << (rootType & 3);
  const at = rootAt - readUint(view, rootAt, rootWidth);
  const size = readUint(view, at - width, width);
  const keysWidth = readUint(view, at - 2 * width, width);
  const keysAt = at - 3 * width - readUint(view, at - 3 * width, width);
  const map = new Map<string, FlexValue>();
  for (let i = 0; i < size; i++) {
    const keySlot = keysAt + i * keysWidth;
    const key = readKey(bytes, keySlot - readUint(view, keySlot, keysWidth));
    map.set(key, readValue(view, at + i * width, { width, type: bytes[at + size * width + i]! }));
  }
  return map;
}

function readValue(
  view: DataView,
  at: number,
  slot: { readonly width: number; readonly type: number },
): FlexValue {
  const kind = slot.type >> 2;
  if (kind <= KIND.float) return readNumber(view, at, { kind, width: slot.width });
  if (kind < KIND.intVector || kind > KIND.floatVector) {
    throw new RangeError(`FlexBuffers kind ${kind} is not supported.`);
  }
  const width = 1 << (slot.type & 3);
  const itemsAt = at - readUint(view, at, slot.width);
  const length = readUint(view, itemsAt - width, width);
  const itemKind = kind - KIND.intVector + KIND.int;
  return Array.from({ length }, (_, i) =>
    readNumber(view, itemsAt + i * width, { kind: itemKind, width }),
  );
}

function readNumber(
  view: DataView,
  at: number,
  { kind, width }: { readonly kind: number; readonly width: number },
): number {
  if (kind === KIND.float) {
    return width === 8 ? view.getFloat64(at, true) : view.getFloat32(at, true);
  }
  const value = readUint(view, at, width);
  const sign = 2 ** (8 * width - 1);
  return kind === KIND.int && value >= sign ? value - 2 * sign : value;
}

function readUint(view: DataView, at: number, width: number): number {
  let value = 0;
  for (let i = width - 1; i >= 0; i--) value = value * 256 + view.getUint8(at + i);
  return value;
}

function readKey(bytes: Uint8Array, at: number): string {
  return new TextDecoder().decode(bytes.subarray(at, bytes.indexOf(0, at)));
}
