import assert from "node:assert/strict";
import test from "node:test";
import { maxDifferenceOutside } from "../../../../bench/metrics/background.ts";
import {
  bandAlong,
  maximumFilter,
  seamExcess,
  sharpnessRatio,
} from "../../../../bench/metrics/edges.ts";
import { faceSkin, ringSkin, skinDifference } from "../../../../bench/metrics/skin.ts";
import { OVAL } from "../../../../src/fusion/face-regions.ts";
import type { Picture } from "../../../../src/imaging/picture.ts";

const SIDE = 200;
const RADIUS = 60;

/** A face whose outline is a circle in the middle of a 200 px picture; all other points lie in the middle. */
function aRoundMesh(): Float32Array {
  const mesh = new Float32Array(478 * 3).fill(SIDE / 2);
  OVAL.forEach((point, i) => {
    const angle = (2 * Math.PI * i) / OVAL.length - Math.PI / 2;
    const [x, y] = [SIDE / 2 + RADIUS * Math.cos(angle), SIDE / 2 + RADIUS * Math.sin(angle)];
    mesh.set([x, y, 0], 3 * point);
  });
  return mesh;
}

function aPicture(valueAt: (x: number, y: number) => number): Picture {
  const data = new Uint8Array(SIDE * SIDE * 3);
  for (let i = 0; i < SIDE * SIDE; i++) {
    data.fill(valueAt(i % SIDE, Math.floor(i / SIDE)), 3 * i, 3 * i + 3);
  }
  return { width: SIDE, height: SIDE, data };
}

const inCircle = (x: number, y: number): boolean =>
  Math.hypot(x + 0.5 - SIDE / 2, y + 0.5 - SIDE / 2) < RADIUS;

test("an untouched picture has no seam, a step at the outline has one, a step elsewhere none", () => {
  const template = aPicture(() => 100);
  const pasted = aPicture((x, y) => (inCircle(x, y) ? 120 : 100));
  const elsewhere = aPicture((x) => (x > SIDE / 2 - 5 && x < SIDE / 2 + 5 ? 120 : 100));
  const mesh = aRoundMesh();
  const seamOf = (result: Picture): number => seamExcess(result, template, mesh).seam;
  assert.equal(seamOf(template), 0);
  assert.ok(seamOf(pasted) > 1);
  assert.ok(seamOf(elsewhere) < seamOf(pasted) / 3);
  assert.equal(seamExcess(pasted, template, mesh).newEdge, seamOf(pasted));
});

test("edges that the template has itself are no seam", () => {
  const template = aPicture((x, y) => (inCircle(x, y) ? 120 : 100));
  const smooth = aPicture(() => 100);
  assert.deepEqual(seamExcess(smooth, template, aRoundMesh()), { seam: 0, newEdge: 0 });
});

test("an edge of the template that moved by two pixels is a seam to the strict measure, but no new edge", () => {
  const moved = (by: number): Picture => aPicture((x, y) => (inCircle(x + by, y) ? 120 : 100));
  const { seam, newEdge } = seamExcess(moved(2), moved(0), aRoundMesh());
  assert.ok(seam > 0.3, `${seam}`);
  assert.ok(newEdge < seam / 4, `${newEdge}`);
});

test("the maximum filter agrees with a plain search of each square", () => {
  const [width, height] = [17, 11];
  const data = Float32Array.from({ length: width * height }, (_, i) => (i * 7919) % 101);
  for (const radius of [1, 2, 5, 20]) {
    const filtered = maximumFilter({ width, height, data }, radius);
    for (let at = 0; at < data.length; at++) {
      const [x, y] = [at % width, Math.floor(at / width)];
      const near = data.filter(
        (_, i) =>
          Math.abs((i % width) - x) <= radius && Math.abs(Math.floor(i / width) - y) <= radius,
      );
      assert.equal(filtered.data[at], Math.max(...near));
    }
  }
});

test("the band holds what is within its radius of the outline and nothing else", () => {
  const square = [20, 20, 80, 20, 80, 80, 20, 80];
  const band = bandAlong(square, 5, { width: 100, height: 100 });
  assert.equal(band[20 * 100 + 50], 1);
  assert.equal(band[24 * 100 + 50], 1);
  assert.equal(band[26 * 100 + 50], 0);
  assert.equal(band[50 * 100 + 50], 0);
});

test("doubled contrast doubles sharpness", () => {
  const soft = aPicture((x, y) => 100 + ((x + y) % 2) * 10);
  const crisp = aPicture((x, y) => 100 + ((x + y) % 2) * 20);
  assert.ok(Math.abs(sharpnessRatio(crisp, soft, aRoundMesh()) - 2) < 1e-6);
});

test("the background's difference ignores what lies inside the faces' windows", () => {
  const before = aPicture(() => 100);
  const after = aPicture((x, y) =>
    x === 50 && y === 60 ? 180 : x === 150 && y === 60 ? 103 : 100,
  );
  const face = { x: 40, y: 50, width: 20, height: 20 };
  assert.equal(maxDifferenceOutside(after, before, []), 80);
  assert.equal(maxDifferenceOutside(after, before, [face]), 3);
  assert.equal(
    maxDifferenceOutside(after, before, [face, { x: 149, y: 0, width: 51, height: 200 }]),
    0,
  );
});

test("skin is measured on the face's zones, and the skin around it without what is not skin", () => {
  const mesh = aRoundMesh();
  const zone = [117, 120, 207, 147];
  zone.forEach((point, i) => {
    mesh.set([70 + 20 * (i % 2), 90 + 20 * (i >> 1), 0], 3 * point);
  });
  const light = aPicture((x, y) => (inCircle(x, y) ? 180 : x < 100 ? 176 : 20));
  const dark = aPicture((x, y) => (inCircle(x, y) ? 90 : 180));
  const own = faceSkin(light, mesh);
  const neck = ringSkin(light, mesh);
  assert.ok(own && neck);
  assert.ok(Math.abs(own.mean[0] - 73.25) < 1, `${own.mean}`);
  assert.ok(skinDifference(own, neck)! < 2, "the dark half of the ring must not count");
  assert.ok(skinDifference(faceSkin(dark, mesh), own)! > 20);
  assert.equal(skinDifference(own, undefined), undefined);
});
