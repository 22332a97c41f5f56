import assert from "node:assert/strict";
import test from "node:test";
import { loadCanonicalFace } from "../../../src/faces/canonical-face.ts";
import { EYES, LIPS_INNER, OVAL, POINT } from "../../../src/fusion/face-regions.ts";
import {
  createFaceTopology,
  FACE_POINTS,
  frontSignOf,
  screenArea,
} from "../../../src/fusion/face-topology.ts";
import { testModels } from "../../support/test-models.ts";

const canonical = await loadCanonicalFace(await testModels());
const topology = createFaceTopology(canonical);
const TRIANGLES = topology.triangles.length / 3;

function cornersOf(t: number): readonly [number, number, number] {
  const { triangles } = topology;
  return [triangles[3 * t]!, triangles[3 * t + 1]!, triangles[3 * t + 2]!];
}

test("the face has 898 triangles of three different points each", () => {
  assert.equal(TRIANGLES, 898);
  for (let t = 0; t < TRIANGLES; t++) {
    assert.equal(new Set(cornersOf(t)).size, 3);
    assert.ok(Math.max(...cornersOf(t)) < FACE_POINTS);
  }
});

test("every point is in a triangle and the mesh is one disc: its only border is the outline", () => {
  const uses = new Map<string, number>();
  for (let t = 0; t < TRIANGLES; t++) {
    const corners = cornersOf(t);
    for (let c = 0; c < 3; c++) {
      const key = [corners[c]!, corners[(c + 1) % 3]!].sort((a, b) => a - b).join();
      uses.set(key, (uses.get(key) ?? 0) + 1);
    }
  }
  assert.deepEqual(new Set(uses.values()), new Set([1, 2]));
  const border = [...uses].filter(([, count]) => count === 1).map(([key]) => key);
  const outline = OVAL.map((point, i) =>
    [point, OVAL[(i + 1) % OVAL.length]!].sort((a, b) => a - b).join(),
  );
  assert.deepEqual(border.sort(), outline.sort());
  // Euler's formula for a disc.
  assert.equal(FACE_POINTS - uses.size + TRIANGLES, 1);
});

test("18 triangles lie between the lips, all of them with corners on the inner contour", () => {
  const inside = Array.from({ length: TRIANGLES }, (_, t) => t).filter(
    (t) => topology.isMouthInterior[t] === 1,
  );
  assert.equal(inside.length, 18);
  // A polygon of 20 corners is cut into 18 triangles.
  assert.equal(LIPS_INNER.length - 2, 18);
  const contour = new Set<number>(LIPS_INNER);
  for (const t of inside) assert.ok(cornersOf(t).every((point) => contour.has(point)));
  assert.equal(new Set(inside.flatMap((t) => [...cornersOf(t)])).size, LIPS_INNER.length);
});

test("mirroring twice gives the same point, and the middle of the face is its own mirror", () => {
  for (let i = 0; i < FACE_POINTS; i++) assert.equal(topology.mirror[topology.mirror[i]!], i);
  for (const point of Object.values(POINT)) assert.equal(topology.mirror[point], point);
});

test("mirroring swaps the eyes' corners and the mouth's corners", () => {
  const [left, right] = EYES;
  assert.equal(topology.mirror[left.lids[0]!], right.lids[0]);
  assert.equal(topology.mirror[left.lids[8]!], right.lids[8]);
  assert.equal(topology.mirror[61], 291);
});

test("the mirror image of a triangle is a triangle, the other way round", () => {
  const known = new Set(
    Array.from({ length: TRIANGLES }, (_, t) => [...cornersOf(t)].sort((a, b) => a - b).join()),
  );
  let mirrored = 0;
  for (let t = 0; t < TRIANGLES; t++) {
    const image = cornersOf(t).map((point) => topology.mirror[point]!);
    if (known.has(image.sort((a, b) => a - b).join())) mirrored++;
  }
  // A few quadrilaterals of the original mesh are cut along different diagonals left and right.
  assert.ok(mirrored > 0.9 * TRIANGLES, `${mirrored}`);
});

test("neighbours are those of shared triangles, both ways", () => {
  for (const [i, ring] of topology.neighbours.entries()) {
    assert.ok(ring.length >= 3 || OVAL.some((point) => point === i));
    assert.equal(new Set(ring).size, ring.length);
    for (const j of ring) assert.ok(j !== i && topology.neighbours[j]!.includes(i));
  }
});

test("hops are 0 on the outline, grow by at most 1 an edge and fall towards it", () => {
  const outline = new Set<number>(OVAL);
  for (let i = 0; i < FACE_POINTS; i++) {
    const hops = topology.hopsFromOval[i]!;
    const ring = topology.neighbours[i]!.map((j) => topology.hopsFromOval[j]!);
    assert.equal(hops === 0, outline.has(i));
    assert.ok(ring.every((other) => Math.abs(other - hops) <= 1));
    if (hops > 0) assert.ok(ring.includes(hops - 1));
  }
});

test("the front is told by most triangles, mirrored pictures included", () => {
  const points = canonical.uvs;
  const mesh = Array.from({ length: FACE_POINTS }, (_, i) => [
    points[2 * i]!,
    points[2 * i + 1]!,
    0,
  ]).flat();
  const mirrored = mesh.map((v, i) => (i % 3 === 0 ? 1 - v : v));
  const sign = frontSignOf(mesh, topology.triangles);
  assert.equal(frontSignOf(mirrored, topology.triangles), -sign);
  let agreeing = 0;
  for (let t = 0; t < TRIANGLES; t++) {
    if (screenArea(mesh, topology.triangles, t) * sign > 0) agreeing++;
  }
  assert.ok(agreeing > 0.95 * TRIANGLES, `${agreeing}`);
});

test("a triangle's screen area is twice its own, with the sign of its turn", () => {
  const points = [0, 0, 9, 4, 0, 9, 0, 3, 9];
  assert.equal(screenArea(points, Uint16Array.of(0, 1, 2), 0), 12);
  assert.equal(screenArea(points, Uint16Array.of(0, 2, 1), 0), -12);
});
