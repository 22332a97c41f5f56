import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { loadCanonicalFace } from "../../../../src/faces/canonical-face.ts";
import { MESH_POINTS } from "../../../../src/faces/face.ts";
import { EYES, OVAL, POINT } from "../../../../src/fusion/face-regions.ts";
import {
  createFaceTopology,
  frontSignOf,
  screenArea,
} from "../../../../src/fusion/face-topology.ts";
import { DEFAULT_FUSION_OPTIONS } from "../../../../src/fusion/fusion-options.ts";
import { tuneFusion } from "../../../../src/fusion/presets.ts";
import { eyeOpenness, faceScale, type Mesh } from "../../../../src/fusion/shape/measure-face.ts";
import { buildTargetMesh } from "../../../../src/fusion/shape/target-mesh.ts";
import { applySimilarity } from "../../../../src/imaging/similarity-transform.ts";
import { foundPortraits } from "../../../support/found-faces.ts";
import { assertClose } from "../../../support/planes.ts";
import { testModels } from "../../../support/test-models.ts";

const SITTERS = ["smiling", "leaning", "eyesClosed", "calm", "speaking"] as const;
const topology = createFaceTopology(await loadCanonicalFace(await testModels()));
const meshes = new Map<string, Mesh>(
  (await foundPortraits(...SITTERS)).map(({ face }, i) => [SITTERS[i]!, face.mesh]),
);

function meshOf(sitter: (typeof SITTERS)[number]): Mesh {
  return meshes.get(sitter)!;
}

function built(template: Mesh, user: Mesh, reshapeStrength = 0.7): Mesh {
  const tuning = tuneFusion({ ...DEFAULT_FUSION_OPTIONS, modelType: 2, reshapeStrength });
  return buildTargetMesh(template, user, tuning, topology);
}

/** Mean way of some points on the screen over the face scale. */
function wayOf(from: Mesh, to: Mesh, points: readonly number[]): number {
  const way = (i: number): number =>
    Math.hypot(to[3 * i]! - from[3 * i]!, to[3 * i + 1]! - from[3 * i + 1]!);
  return points.reduce((sum, i) => sum + way(i), 0) / points.length / faceScale(from);
}

/** Distance of the inner lips on the screen over the face scale. */
function lipDistance(mesh: Mesh): number {
  const [upper, lower] = [3 * POINT.upperLipInner, 3 * POINT.lowerLipInner];
  const [dx, dy] = [mesh[lower]! - mesh[upper]!, mesh[lower + 1]! - mesh[upper + 1]!];
  return Math.hypot(dx, dy) / faceScale(mesh);
}

const PAIRS = SITTERS.flatMap((template) =>
  SITTERS.filter((user) => user !== template).map((user) => [template, user] as const),
);

for (const [template, user] of PAIRS) {
  test(`${user} on ${template}: the template's mouth and eyes stay as open as they are`, () => {
    const target = built(meshOf(template), meshOf(user));
    assert.equal(target.length, 3 * MESH_POINTS);
    assert.ok(target.every(Number.isFinite));
    // On the screen, since only there lips are placed; their depth is the user's.
    const gap = lipDistance(target) - lipDistance(meshOf(template));
    assert.ok(Math.abs(gap) < 0.02, `mouth by ${gap}`);
    for (const eye of EYES) {
      const opened = eyeOpenness(target, eye) - eyeOpenness(meshOf(template), eye);
      assert.ok(Math.abs(opened) < 0.08, `eye by ${opened}`);
    }
  });

  test(`${user} on ${template}: hardly any triangle is folded over`, () => {
    const given = meshOf(template);
    const target = built(given, meshOf(user), 1);
    const sign = frontSignOf(given, topology.triangles);
    let folds = 0;
    for (let t = 0; t < topology.triangles.length / 3; t++) {
      const before = screenArea(given, topology.triangles, t) * sign;
      if (before > 1 && screenArea(target, topology.triangles, t) * sign < 0) folds++;
    }
    // Where the shortening ends: three small triangles do not show.
    assert.ok(folds <= 3, `${folds}`);
  });
}

test("a face on itself keeps every point within a pixel", () => {
  for (const sitter of SITTERS)
    assertClose(built(meshOf(sitter), meshOf(sitter)), meshOf(sitter), 1);
});

/** The mesh in a picture four times as large: outlines of small faces are trusted less. */
function enlarged(mesh: Float32Array): Float32Array {
  return mesh.map((v) => 4 * v);
}

test("the outline moves with the reshape strength: hardly at 0, far at 1", () => {
  const [template, user] = [enlarged(meshOf("smiling")), meshOf("calm")];
  const [none, some, full] = [0, 0.5, 1].map((strength) =>
    wayOf(template, built(template, user, strength), OVAL),
  ) as [number, number, number];
  assert.ok(none < some && some < full, `${none} ${some} ${full}`);
  assert.ok(full > 0.01 && full > 3 * none, `${full} against ${none}`);
});

test("size, place and turn of the user's photo do not matter", () => {
  const angle = fc.double({ min: -3, max: 3, noNaN: true });
  const scale = fc.double({ min: 0.2, max: 10, noNaN: true });
  const [template, user] = [meshOf("smiling"), meshOf("leaning")];
  const target = built(template, user);
  fc.assert(
    fc.property(angle, scale, (roll, size) => {
      const [c, s] = [Math.cos(roll), Math.sin(roll)];
      const rotation = [c, -s, 0, s, c, 0, 0, 0, 1];
      const moved = applySimilarity(user, { scale: size, rotation, translation: [700, -90, 3] });
      assertClose(built(template, moved), target, 0.05);
    }),
    { numRuns: 15 },
  );
});

test("the outline of a small face moves less", () => {
  const [template, user] = [meshOf("smiling").map((v) => v / 4), meshOf("calm")];
  const large = enlarged(meshOf("smiling"));
  const way = wayOf(template, built(template, user, 1), OVAL);
  assert.ok(way < 0.8 * wayOf(large, built(large, user, 1), OVAL));
});

test("the target goes with the template's size, place and turn", () => {
  const [template, user] = [enlarged(meshOf("smiling")), meshOf("calm")];
  const [c, s] = [Math.cos(1.2), Math.sin(1.2)];
  const place = {
    scale: 4,
    rotation: [c, -s, 0, s, c, 0, 0, 0, 1],
    translation: [3000, 100, 0],
  } as const;
  const expected = applySimilarity(built(template, user), place);
  assertClose(built(applySimilarity(template, place), user), expected, 1);
});

test("a mouth that does something else than the template's stays as open with every model type", () => {
  const [calm, smiling] = [meshOf("calm"), meshOf("speaking")];
  for (const modelType of [1, 4, 6] as const) {
    const tuning = tuneFusion({ ...DEFAULT_FUSION_OPTIONS, modelType });
    const target = buildTargetMesh(calm, smiling, tuning, topology);
    const change = Math.abs(lipDistance(target) - lipDistance(calm));
    assert.ok(change < 0.015, `type ${modelType}: ${change}`);
  }
});

test("the outline moves further with each quarter of the reshape strength", () => {
  const [calm, smiling] = [meshOf("calm"), meshOf("smiling")];
  const ways = [0, 0.25, 0.5, 0.75, 1].map((strength) =>
    wayOf(calm, built(calm, smiling, strength), OVAL),
  );
  for (let i = 1; i < ways.length; i++) assert.ok(ways[i]! > 1.15 * ways[i - 1]!, `${ways}`);
});
