/**
 * A convolutional code of rate 1/3 and constraint length 7, generators 133, 165 and 171 (octal; Proakis, Digital
 * Communications, table of rate 1/3 codes with maximal free distance, here 15).
 */
const GENERATORS = [0o133, 0o165, 0o171] as const;
const MEMORY = 6;
const STATES = 1 << MEMORY;

/** Returns how many coded bits {@link encodeBits} makes of so many bits. */
export function codedLength(bits: number): number {
  return (bits + MEMORY) * GENERATORS.length;
}

/** Encodes bits (0 or 1); the encoder ends in its first state. */
export function encodeBits(bits: Uint8Array): Uint8Array {
  const coded = new Uint8Array(codedLength(bits.length));
  let state = 0;
  for (let i = 0; i < bits.length + MEMORY; i++) {
    const register = state | ((bits[i] ?? 0) << MEMORY);
    for (const [k, generator] of GENERATORS.entries()) {
      coded[i * GENERATORS.length + k] = parity(register & generator);
    }
    state = register >> 1;
  }
  return coded;
}

/** Returns the bits whose code is most like the soft values, which are positive for 1 (Viterbi, 1967). */
export function decodeBits(soft: Float32Array): Uint8Array {
  const steps = soft.length / GENERATORS.length;
  const cameFrom = new Uint8Array(steps * STATES);
  let scores = new Float64Array(STATES).fill(-Infinity);
  scores[0] = 0;
  for (let step = 0; step < steps; step++) {
    const next = new Float64Array(STATES).fill(-Infinity);
    for (let register = 0; register < 2 * STATES; register++) {
      const state = register & (STATES - 1);
      const to = register >> 1;
      const score = scores[state]! + likeness(register, soft, step);
      if (score <= next[to]!) continue;
      next[to] = score;
      cameFrom[step * STATES + to] = state;
    }
    scores = next;
  }
  return traceBack(cameFrom, steps);
}

function likeness(register: number, soft: Float32Array, step: number): number {
  let sum = 0;
  for (let k = 0; k < GENERATORS.length; k++) {
    const value = soft[step * GENERATORS.length + k]!;
    sum += parity(register & GENERATORS[k]!) === 1 ? value : -value;
  }
  return sum;
}

/** The newest bit of a state is its highest one. */
function traceBack(cameFrom: Uint8Array, steps: number): Uint8Array {
  const bits = new Uint8Array(steps);
  let state = 0;
  for (let step = steps - 1; step >= 0; step--) {
    bits[step] = state >> (MEMORY - 1);
    state = cameFrom[step * STATES + state]!;
  }
  return bits.subarray(0, steps - MEMORY);
}

function parity(value: number): number {
  let bits = value;
  bits ^= bits >> 4;
  bits ^= bits >> 2;
  bits ^= bits >> 1;
  return bits & 1;
}
