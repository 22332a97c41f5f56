import { quantile } from "./scalar.ts";

/** Observations to fit: one basis row (1 x y x² xy y²) and one value per observation. */
export interface Observations {
  readonly count: number;
  /** `count * 6` basis values. */
  readonly basis: Float64Array;
  readonly values: Float64Array;
}

const TERMS = 6;

/**
 * Robust least squares of a quadratic surface: iteratively re-weighted with Cauchy weights at 2 x 1.48 MAD
 * (Holland & Welsch 1977). A ridge of 2e-3 on the linear and 3e-2 on the quadratic terms (times the
 * number of observations) keeps small samples stable. Returns the six coefficients.
 */
export function fitQuadratic(observations: Observations, rounds = 4): Float64Array {
  const weights = new Float64Array(observations.count).fill(1);
  let solution: Float64Array = new Float64Array(TERMS);
  for (let round = 0; round < rounds; round++) {
    solution = solveWeighted(observations, weights);
    reweight(observations, solution, weights);
  }
  return solution;
}

/** Evaluates a fitted surface along one row: the parabola constant + linear x + square x². */
export function quadraticAlong(
  solution: Float64Array,
  y: number,
): { constant: number; linear: number; square: number } {
  return {
    constant: solution[0]! + (solution[2]! + solution[5]! * y) * y,
    linear: solution[1]! + solution[4]! * y,
    square: solution[3]!,
  };
}

function solveWeighted(o: Observations, weights: Float64Array): Float64Array {
  const m = new Float64Array(TERMS * (TERMS + 1));
  for (let n = 0; n < o.count; n++) accumulate(o, n, weights[n]!, m);
  for (let r = 0; r < TERMS; r++) {
    for (let c = 0; c < r; c++) m[r * (TERMS + 1) + c] = m[c * (TERMS + 1) + r]!;
    m[r * (TERMS + 1) + r]! += o.count * (r === 0 ? 1e-9 : r < 3 ? 2e-3 : 3e-2) + 1e-9;
  }
  return gaussJordan(m);
}

function accumulate(o: Observations, n: number, weight: number, m: Float64Array): void {
  const { basis } = o;
  const from = n * TERMS;
  const value = o.values[n]!;
  for (let r = 0, at = 0; r < TERMS; r++) {
    const wr = weight * basis[from + r]!;
    at += r;
    for (let c = r; c < TERMS; c++, at++) m[at]! += wr * basis[from + c]!;
    m[at++]! += wr * value;
  }
}

/** Solves the augmented 6x7 system in place; symmetric positive definite, so no pivoting is needed. */
function gaussJordan(m: Float64Array): Float64Array {
  const row = TERMS + 1;
  for (let p = 0; p < TERMS; p++) {
    const pivot = m[p * row + p]!;
    for (let c = p; c < row; c++) m[p * row + c]! /= pivot;
    for (let r = 0; r < TERMS; r++) {
      const factor = m[r * row + p]!;
      if (r === p || factor === 0) continue;
      for (let c = p; c < row; c++) m[r * row + c]! -= factor * m[p * row + c]!;
    }
  }
  return Float64Array.from({ length: TERMS }, (_, r) => m[r * row + TERMS]!);
}

function reweight(o: Observations, solution: Float64Array, weights: Float64Array): void {
  const residuals = new Float64Array(o.count);
  for (let n = 0; n < o.count; n++) {
    let fitted = 0;
    for (let r = 0; r < TERMS; r++) fitted += solution[r]! * o.basis[n * TERMS + r]!;
    residuals[n] = Math.abs(o.values[n]! - fitted);
  }
  const scale = 2 * 1.48 * quantile(residuals, 0.5) + 1e-6;
  for (let n = 0; n < o.count; n++) weights[n] = 1 / (1 + (residuals[n]! / scale) ** 2);
}
