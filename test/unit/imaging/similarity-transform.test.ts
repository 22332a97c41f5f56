import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { applySimilarity, fitSimilarity } from "../../../src/imaging/similarity-transform.ts";
import { assertClose, noiseSource } from "../../support/planes.ts";

const unit = fc.double({ min: -1, max: 1, noNaN: true });
const rotations = fc
  .tuple(unit, unit, unit, unit)
  .filter((q) => Math.hypot(...q) > 0.1)
  .map(([w, x, y, z]) => {
    // Rodrigues' formula from axis and angle, so that the quaternion formulas of the code are not repeated here.
    const length = Math.hypot(x, y, z);
    if (length < 1e-6) return [1, 0, 0, 0, 1, 0, 0, 0, 1];
    const [kx, ky, kz] = [x / length, y / length, z / length];
    const angle = Math.PI * w;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const t = 1 - c;
    return [
      ...[c + kx * kx * t, kx * ky * t - kz * s, kx * kz * t + ky * s],
      ...[ky * kx * t + kz * s, c + ky * ky * t, ky * kz * t - kx * s],
      ...[kz * kx * t - ky * s, kz * ky * t + kx * s, c + kz * kz * t],
    ];
  });

/** A cloud as flat as a face. */
function cloud(count: number, seed: number): Float64Array {
  const next = noiseSource(seed);
  const size = [100, 140, 60];
  return Float64Array.from({ length: 3 * count }, (_, i) => size[i % 3]! * (next() - 0.5) + 300);
}

const all = (count: number): number[] => [...Array(count).keys()];

test("a rotation with scale and translation is found again", () => {
  fc.assert(
    fc.property(
      rotations,
      fc.double({ min: 0.1, max: 8, noNaN: true }),
      unit,
      fc.nat(),
      (r, scale, shift, seed) => {
        const truth = { scale, rotation: r, translation: [900 * shift, -40, 7] } as const;
        const from = cloud(25, seed);
        const to = applySimilarity(from, truth);
        const fitted = fitSimilarity(from, to, all(25));
        assertClose(fitted.rotation, r, 1e-4);
        assert.ok(Math.abs(fitted.scale / scale - 1) < 1e-4);
        assertClose(applySimilarity(from, fitted), to, 0.01 * scale);
      },
    ),
    { numRuns: 60 },
  );
});

test("only the named points count", () => {
  const from = cloud(12, 5);
  const to = from.map((v) => 2 * v);
  to.set([1e4, -1e4, 7], 3 * 11);
  const fitted = fitSimilarity(from, to, all(11));
  assertClose(fitted.rotation, [1, 0, 0, 0, 1, 0, 0, 0, 1], 1e-6);
  assert.ok(Math.abs(fitted.scale - 2) < 1e-6);
});

test("a mirrored cloud still gets a proper rotation", () => {
  const from = cloud(20, 6);
  const to = from.map((v, i) => (i % 3 === 0 ? -v : v));
  const [a, b, c, d, e, f, g, h, i] = fitSimilarity(from, to, all(20)).rotation as [
    ...[number, number, number],
    ...[number, number, number],
    ...[number, number, number],
  ];
  const determinant = a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g);
  assert.ok(Math.abs(determinant - 1) < 1e-9);
});

test("no small turn about any axis fits noisy points better", () => {
  const from = cloud(30, 7);
  const next = noiseSource(8);
  const to = from.map((v) => 1.5 * v + 12 * (next() - 0.5));
  const fitted = fitSimilarity(from, to, all(30));
  const middle = all(3).map((k) => all(30).reduce((sum, i) => sum + to[3 * i + k]! / 30, 0));
  const errorOf = (axis: number, angle: number): number => {
    const placed = applySimilarity(from, fitted);
    const [u, v] = [(axis + 1) % 3, (axis + 2) % 3];
    let sum = 0;
    for (let i = 0; i < 30; i++) {
      const p = all(3).map((k) => placed[3 * i + k]! - middle[k]!);
      const turned = [...p];
      turned[u] = p[u]! * Math.cos(angle) - p[v]! * Math.sin(angle);
      turned[v] = p[u]! * Math.sin(angle) + p[v]! * Math.cos(angle);
      for (const k of all(3)) sum += (turned[k]! + middle[k]! - to[3 * i + k]!) ** 2;
    }
    return sum;
  };
  for (const axis of all(3)) {
    for (const angle of [-0.01, 0.01]) assert.ok(errorOf(axis, angle) > errorOf(axis, 0));
  }
});

test("a single point does not divide by zero", () => {
  const fitted = fitSimilarity([1, 2, 3], [4, 5, 6], [0]);
  assert.ok([fitted.scale, ...fitted.rotation, ...fitted.translation].every(Number.isFinite));
});
