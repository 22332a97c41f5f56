import assert from "node:assert/strict";
import test from "node:test";
import { CELL, solveMembrane } from "../../../../bench/baselines/membrane.ts";

/** A grid of unknown cells in a frame of fixed ones whose values are given. */
function framed(size: number, valueAt: (x: number, y: number) => number) {
  const cells = new Uint8Array(size * size).fill(CELL.unknown);
  const values = new Float32Array(size * size);
  for (let at = 0; at < cells.length; at++) {
    const [x, y] = [at % size, Math.floor(at / size)];
    if (x > 0 && y > 0 && x < size - 1 && y < size - 1) continue;
    cells[at] = CELL.fixed;
    values[at] = valueAt(x, y);
  }
  return { width: size, height: size, cells, values };
}

test("a membrane in a frame of a harmonic function is that function", () => {
  const harmonic = (x: number, y: number): number => (x * x - y * y) / 20 + 0.5 * x;
  for (const size of [9, 33, 100]) {
    const solved = solveMembrane(framed(size, harmonic));
    for (let at = 0; at < solved.length; at++) {
      const expected = harmonic(at % size, Math.floor(at / size));
      assert.ok(Math.abs(solved[at]! - expected) < 0.5, `${size}: ${solved[at]} ${expected}`);
    }
  }
});

test("the solution satisfies the equation at every unknown cell", () => {
  const size = 70;
  const problem = framed(size, (x, y) => 100 * Math.sin(x * 1.7 + y));
  const v = solveMembrane(problem);
  for (let at = 0; at < v.length; at++) {
    if (problem.cells[at] !== CELL.unknown) continue;
    const residual = 4 * v[at]! - v[at - 1]! - v[at + 1]! - v[at - size]! - v[at + size]!;
    assert.ok(Math.abs(residual) <= 0.03, `${at}: ${residual}`);
  }
});

test("no flow crosses an edge to the outside: a one-sided strip takes its border's value", () => {
  const cells = Uint8Array.from({ length: 40 }, (_, x) => (x === 0 ? CELL.fixed : CELL.unknown));
  const values = Float32Array.from({ length: 40 }, (_, x) => (x === 0 ? 7 : 0));
  const solved = solveMembrane({ width: 40, height: 1, cells, values });
  assert.ok(solved.every((v) => Math.abs(v - 7) < 0.5));
});
