/** Shorter arrays are cheap to make and are not kept. */
const MIN_LENGTH = 1 << 14;

/**
 * The store keeps no more than this: what a face of 1800 px gives back and takes again while it is fused. With less, a call of that
 * size takes more memory, not less, since dropped arrays lie about until they are collected.
 */
const MAX_KEPT_BYTES = 128 * 2 ** 20;

/** Buffers that were returned, by their size in floats. */
const kept = new Map<number, ArrayBuffer[]>();
let keptBytes = 0;

/**
 * Lends an array of floats whose contents are undefined. Fresh large arrays are slow: the system clears their pages one
 * by one, and they make the engine collect garbage. An array that is never returned is collected as any other.
 */
export function borrowFloats(length: number): Float32Array {
  if (length < MIN_LENGTH) return new Float32Array(length);
  const room = roomFor(length);
  const buffer = kept.get(room)?.pop();
  if (buffer === undefined) return new Float32Array(new ArrayBuffer(4 * room), 0, length);
  keptBytes -= buffer.byteLength;
  return new Float32Array(buffer, 0, length);
}

/** The same with zeros. */
export function borrowZeros(length: number): Float32Array {
  if (length < MIN_LENGTH) return new Float32Array(length);
  return borrowFloats(length).fill(0);
}

/** Takes arrays back that nobody will read any more; others than {@link borrowFloats}' are left alone. */
export function returnFloats(...arrays: readonly Float32Array[]): void {
  for (const { buffer, length } of arrays) {
    if (length < MIN_LENGTH || !(buffer instanceof ArrayBuffer)) continue;
    const room = roomFor(length);
    if (buffer.byteLength !== 4 * room || keptBytes + buffer.byteLength > MAX_KEPT_BYTES) continue;
    const same = kept.get(room) ?? [];
    if (same.includes(buffer)) continue;
    kept.set(room, same);
    same.push(buffer);
    keptBytes += buffer.byteLength;
  }
}

/** Gives all kept arrays up, before something else needs the memory. */
export function emptyFloatStore(): void {
  kept.clear();
  keptBytes = 0;
}

/** Sizes go up in eighths of a power of two, so that faces of about the same size share arrays. */
function roomFor(length: number): number {
  const step = 2 ** Math.max(0, Math.floor(Math.log2(length)) - 3);
  return Math.ceil(length / step) * step;
}
