/** What a cell of the grid is to the solver. */
export const CELL = { outside: 0, unknown: 1, fixed: 2 } as const;

/** A grid with values given at the fixed cells. */
export interface MembraneProblem {
  readonly width: number;
  readonly height: number;
  readonly cells: Uint8Array;
  /** Values of the fixed cells; the others are not read. */
  readonly values: Float32Array;
}

/** Largest residual of the discrete Laplace equation that counts as solved, in units of the values. */
const TOLERANCE = 0.02;
const SMALLEST_SIDE = 16;
const MAX_ROUNDS = 400;

/**
 * Solves Laplace's equation on the unknown cells with the fixed cells as Dirichlet boundary; an edge to an
 * outside cell carries no flow. Conjugate gradients on each level of a pyramid, each started from the
 * coarser solution (cascadic multigrid, Bornemann & Deuflhard 1996).
 *
 * Poisson cloning (Perez 2003) of a source s into a target t is s + this membrane of t - s on the border.
 */
export function solveMembrane(problem: MembraneProblem): Float32Array {
  const guess = new Float32Array(problem.cells.length);
  if (Math.min(problem.width, problem.height) > SMALLEST_SIDE) {
    const coarse = halve(problem);
    enlarge(coarse, solveMembrane(coarse), guess, problem.width);
  }
  for (let at = 0; at < guess.length; at++) {
    if (problem.cells[at] === CELL.fixed) guess[at] = problem.values[at]!;
    else if (problem.cells[at] === CELL.outside) guess[at] = 0;
  }
  return relax(problem, guess);
}

/** Interpolates a coarse solution bilinearly between its known cells, pixel centres at half cells. */
function enlarge(
  coarse: MembraneProblem,
  solved: Float32Array,
  fine: Float32Array,
  width: number,
): void {
  for (let at = 0; at < fine.length; at++) {
    const x = at % width;
    const y = (at - x) / width;
    const own = (y >> 1) * coarse.width + (x >> 1);
    if (coarse.cells[own] === CELL.outside) continue;
    const sideways = neighbour(own, x & 1 ? 1 : -1, coarse);
    const upright = neighbour(own, (y & 1 ? 1 : -1) * coarse.width, coarse);
    const across = neighbour(upright, x & 1 ? 1 : -1, coarse);
    fine[at] =
      0.5625 * solved[own]! +
      0.1875 * (solved[sideways]! + solved[upright]!) +
      0.0625 * solved[across]!;
  }
}

/** The cell at an offset, or the cell itself when that one is outside. */
function neighbour(at: number, offset: number, { cells }: MembraneProblem): number {
  return cells[at + offset] ? at + offset : at;
}

/** Merges cells by fours: fixed where any is fixed (their mean), else unknown where any is unknown. */
function halve(fine: MembraneProblem): MembraneProblem {
  const width = (fine.width + 1) >> 1;
  const height = (fine.height + 1) >> 1;
  const cells = new Uint8Array(width * height);
  const values = new Float32Array(width * height);
  const counts = new Uint8Array(width * height);
  for (let at = 0; at < fine.cells.length; at++) {
    const x = at % fine.width;
    const to = (((at - x) / fine.width) >> 1) * width + (x >> 1);
    cells[to] = Math.max(cells[to]!, fine.cells[at]!);
    if (fine.cells[at] !== CELL.fixed) continue;
    values[to]! += fine.values[at]!;
    counts[to]!++;
  }
  return { width, height, cells, values: values.map((v, i) => (counts[i] ? v / counts[i]! : 0)) };
}

/** Conjugate gradients from a guess; changes and returns it. */
function relax(problem: MembraneProblem, x: Float32Array): Float32Array {
  const r = new Float32Array(x.length);
  const q = new Float32Array(x.length);
  multiply(problem, x, r);
  for (let i = 0; i < r.length; i++) r[i] = -r[i]!;
  const p = r.slice();
  // A direction moves unknown cells only: fixed cells hold 0 in r and p.
  let energy = dot(r, r);
  for (let round = 0; round < MAX_ROUNDS && largest(r) > TOLERANCE; round++) {
    multiply(problem, p, q);
    const step = energy / dot(p, q);
    for (let i = 0; i < x.length; i++) {
      x[i]! += step * p[i]!;
      r[i]! -= step * q[i]!;
    }
    const next = dot(r, r);
    const keep = next / energy;
    for (let i = 0; i < p.length; i++) p[i] = r[i]! + keep * p[i]!;
    energy = next;
  }
  return x;
}

/** Writes sum over neighbours of (v(i) - v(j)) for every unknown cell, 0 elsewhere. */
function multiply({ cells, width }: MembraneProblem, v: Float32Array, out: Float32Array): void {
  const { length } = cells;
  for (let i = 0; i < length; i++) {
    if (cells[i] !== CELL.unknown) {
      out[i] = 0;
      continue;
    }
    const x = i % width;
    let sum = 0;
    if (x > 0 && cells[i - 1]) sum += v[i]! - v[i - 1]!;
    if (x + 1 < width && cells[i + 1]) sum += v[i]! - v[i + 1]!;
    if (i >= width && cells[i - width]) sum += v[i]! - v[i - width]!;
    if (i + width < length && cells[i + width]) sum += v[i]! - v[i + width]!;
    out[i] = sum;
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function largest(values: Float32Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!));
  return most;
}
