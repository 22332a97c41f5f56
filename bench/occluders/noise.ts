/** Noise that varies over `size` px, about -1..1: bilinear between values of a hash of the lattice points. */
export function smoothNoise(x: number, y: number, size: number, seed: number): number {
  const [u, v] = [x / size, y / size];
  const [i, j] = [Math.floor(u), Math.floor(v)];
  const [s, t] = [ease(u - i), ease(v - j)];
  const top = hash(i, j, seed) * (1 - s) + hash(i + 1, j, seed) * s;
  const bottom = hash(i, j + 1, seed) * (1 - s) + hash(i + 1, j + 1, seed) * s;
  return top * (1 - t) + bottom * t;
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}

/** -1..1, the same for the same numbers. */
function hash(i: number, j: number, seed: number): number {
  let h = Math.imul(i, 0x27d4eb2d) ^ Math.imul(j, 0x165667b1) ^ Math.imul(seed, 0x9e3779b1);
  h = Math.imul(h ^ (h >>> 15), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 31 - 1;
}
