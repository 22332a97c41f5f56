import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { type DrawnMesh, rasterizeMesh } from "../../../src/imaging/mesh-raster.ts";
import { noiseSource } from "../../support/planes.ts";

const WIDTH = 24;
const HEIGHT = 18;

interface Hit {
  readonly t: number;
  readonly z: number;
  readonly weights: readonly [number, number, number];
}

/** Barycentric weights by ratios of areas; undefined for a triangle without area. */
function weightsAt(mesh: DrawnMesh, t: number, x: number, y: number) {
  const corner = (c: number): readonly [number, number, number] => {
    const at = 3 * mesh.triangles[3 * t + c]!;
    return [mesh.points[at]!, mesh.points[at + 1]!, mesh.points[at + 2]!];
  };
  const [p, q, r] = [corner(0), corner(1), corner(2)];
  const cross = (a: readonly number[], b: readonly number[], c: readonly number[]): number =>
    (b[0]! - a[0]!) * (c[1]! - a[1]!) - (c[0]! - a[0]!) * (b[1]! - a[1]!);
  const area = cross(p, q, r);
  if (Math.abs(area) < 1e-9 || area * mesh.frontSign < 0) return undefined;
  const at = [x, y];
  const weights = [cross(at, q, r) / area, cross(p, at, r) / area, cross(p, q, at) / area] as const;
  const z = weights[0] * p[2] + weights[1] * q[2] + weights[2] * r[2];
  return { t, z, weights };
}

function hitsAt(mesh: DrawnMesh, x: number, y: number): Hit[] {
  const hits: Hit[] = [];
  for (let t = 0; t < mesh.triangles.length / 3; t++) {
    const hit = weightsAt(mesh, t, x, y);
    if (hit && Math.min(...hit.weights) >= 0) hits.push(hit);
  }
  return hits.sort((a, b) => a.z - b.z);
}

/** A pixel centre this near to an edge, or two surfaces this near in depth, may go either way by rounding. */
const CLOSE = 1e-4;

function isDoubtful(mesh: DrawnMesh, x: number, y: number, hits: readonly Hit[]): boolean {
  for (let t = 0; t < mesh.triangles.length / 3; t++) {
    const weights = weightsAt(mesh, t, x, y)?.weights;
    if (weights && Math.abs(Math.min(...weights)) < CLOSE) return true;
  }
  return hits.length > 1 && hits[1]!.z - hits[0]!.z < CLOSE;
}

/** Vertices partly outside the window, joined at random. */
function randomMesh(seed: number, frontSign: number): DrawnMesh {
  const next = noiseSource(seed);
  const points = Float64Array.from({ length: 36 }, (_, i) =>
    i % 3 === 0 ? 36 * next() - 6 : i % 3 === 1 ? 30 * next() - 6 : 20 * next(),
  );
  const triangles = Uint16Array.from({ length: 24 }, () => Math.floor(12 * next()));
  return { points, triangles, frontSign };
}

test("each pixel shows the nearest facing triangle around its centre with its barycentric weights", () => {
  let checked = 0;
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom(-1, 0, 1), (seed, frontSign) => {
      const mesh = randomMesh(seed, frontSign);
      const raster = rasterizeMesh(mesh, WIDTH, HEIGHT);
      for (let at = 0; at < WIDTH * HEIGHT; at++) {
        const [x, y] = [(at % WIDTH) + 0.5, Math.floor(at / WIDTH) + 0.5];
        const hits = hitsAt(mesh, x, y);
        if (isDoubtful(mesh, x, y, hits)) continue;
        checked++;
        assert.equal(raster.triangle[at], hits[0]?.t ?? -1);
        if (!hits[0]) continue;
        assert.ok(Math.abs(raster.weight0[at]! - hits[0].weights[0]) < 1e-4);
        assert.ok(Math.abs(raster.weight1[at]! - hits[0].weights[1]) < 1e-4);
      }
    }),
    { numRuns: 40 },
  );
  assert.ok(checked > 10_000, "most pixels are beyond doubt");
});

test("triangles that share edges leave no hole, pixel centres on the edges included", () => {
  // A fan around a pixel centre, with edges through rows of pixel centres.
  const points = [10.5, 9.5, 0, 2.5, 2.5, 0, 18.5, 2.5, 0, 18.5, 16.5, 0, 2.5, 16.5, 0];
  const triangles = [0, 1, 2, 0, 2, 3, 0, 3, 4, 0, 4, 1];
  const raster = rasterizeMesh({ points, triangles, frontSign: 0 }, WIDTH, HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const isIn = x >= 2 && x <= 18 && y >= 2 && y <= 16;
      assert.equal(raster.triangle[y * WIDTH + x]! >= 0, isIn, `pixel ${x} ${y}`);
    }
  }
});

test("triangles that face away are not drawn", () => {
  const mesh = { points: [2, 2, 0, 20, 2, 0, 2, 15, 0], triangles: [0, 1, 2] };
  const count = (frontSign: number): number =>
    rasterizeMesh({ ...mesh, frontSign }, WIDTH, HEIGHT).triangle.filter((t) => t === 0).length;
  assert.ok(count(1) > 90);
  assert.equal(count(0), count(1));
  assert.equal(count(-1), 0);
});

test("triangles without area or outside the window draw nothing", () => {
  const points = [2, 2, 0, 10, 10, 0, 18, 18, 0, 100, 100, 0, 120, 100, 0, 100, 120, 0];
  const raster = rasterizeMesh(
    { points, triangles: [0, 1, 2, 3, 4, 5], frontSign: 0 },
    WIDTH,
    HEIGHT,
  );
  assert.ok(raster.triangle.every((t) => t === -1));
});
