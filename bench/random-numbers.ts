/** Numbers from 0 to below 1 that look random and are always the same: a 32-bit xorshift (Marsaglia 2003). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
