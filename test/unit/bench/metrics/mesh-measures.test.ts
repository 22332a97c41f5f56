import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import {
  expressionDifference,
  eyeDifference,
  faceLength,
  mouthDifference,
  poseDifferenceDeg,
} from "../../../../bench/metrics/mesh-measures.ts";
import { LIPS_INNER } from "../../../../src/fusion/face-regions.ts";

/** A cloud of 478 points with the few that carry meaning put where a face has them; 200 px from forehead to chin. */
function aMesh(): Float32Array {
  const mesh = new Float32Array(478 * 3);
  for (let i = 0; i < 478; i++) {
    mesh[3 * i] = 100 + 70 * Math.sin(i * 12.9898);
    mesh[3 * i + 1] = 100 + 90 * Math.sin(i * 78.233 + 1);
    mesh[3 * i + 2] = 40 * Math.sin(i * 37.719 + 2);
  }
  mesh.set([100, 0, 0], 3 * 10);
  mesh.set([100, 200, 0], 3 * 152);
  mesh.set([100, 150, 0], 3 * 13);
  mesh.set([100, 150, 0], 3 * 14);
  return mesh;
}

function turned(mesh: Float32Array, yawRad: number, scale = 1): Float32Array {
  const [cos, sin] = [Math.cos(yawRad), Math.sin(yawRad)];
  const out = new Float32Array(mesh.length);
  for (let i = 0; i < mesh.length; i += 3) {
    out[i] = scale * (cos * mesh[i]! + sin * mesh[i + 2]!) + 30;
    out[i + 1] = scale * mesh[i + 1]! - 10;
    out[i + 2] = scale * (-sin * mesh[i]! + cos * mesh[i + 2]!);
  }
  return out;
}

test("a turned and resized head differs by exactly its angle and by nothing else", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 1, noNaN: true }), (yawRad) => {
      const mesh = aMesh();
      const other = turned(mesh, yawRad, 1.7);
      const degrees = (yawRad * 180) / Math.PI;
      assert.ok(Math.abs(poseDifferenceDeg(other, mesh) - degrees) < 0.1);
      assert.ok(expressionDifference(other, mesh) < 1e-3);
      assert.ok(mouthDifference(other, mesh) < 1e-5);
      assert.ok(eyeDifference(other, mesh) < 1e-5);
    }),
    { numRuns: 20 },
  );
});

test("an opened mouth counts in face lengths and as expression", () => {
  const mesh = aMesh();
  const open = mesh.slice();
  open[3 * 14 + 1] = open[3 * 14 + 1]! + 20;
  assert.ok(Math.abs(faceLength(mesh) - 200) < 1e-4);
  assert.ok(Math.abs(mouthDifference(open, mesh) - 0.1) < 1e-5);
  assert.ok(expressionDifference(open, mesh) > 1e-3);
});

test("a closed left eye counts half, since both eyes are averaged", () => {
  const mesh = aMesh();
  for (const [point, x, y] of [
    [33, 0, 0],
    [133, 40, 0],
    [160, 10, -6],
    [144, 10, 6],
    [158, 30, -6],
    [153, 30, 6],
  ] as const) {
    mesh.set([x, y, 0], 3 * point);
  }
  const closed = mesh.slice();
  for (const point of [160, 144, 158, 153]) closed[3 * point + 1] = 0;
  assert.ok(Math.abs(eyeDifference(closed, mesh) - 12 / 40 / 2) < 1e-5);
});

test("moving the whole mouth is no change of expression", () => {
  const mesh = aMesh();
  const moved = mesh.slice();
  const lips = [
    61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146,
  ];
  for (const point of [...lips, ...LIPS_INNER]) moved[3 * point] = moved[3 * point]! + 8;
  assert.ok(expressionDifference(moved, mesh) < 1e-3);
});
