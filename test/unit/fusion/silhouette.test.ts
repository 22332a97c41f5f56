import assert from "node:assert/strict";
import test from "node:test";
import { loadCanonicalFace } from "../../../src/faces/canonical-face.ts";
import { OVAL } from "../../../src/fusion/face-regions.ts";
import { createFaceTopology } from "../../../src/fusion/face-topology.ts";
import { silhouetteEdges } from "../../../src/fusion/silhouette.ts";
import { foundPortraits } from "../../support/found-faces.ts";
import { testModels } from "../../support/test-models.ts";

const topology = createFaceTopology(await loadCanonicalFace(await testModels()));
const [portrait] = await foundPortraits("calm");
const mesh = portrait!.face.mesh;

test("the edges close: every point of the silhouette is left as often as it is reached", () => {
  const balance = new Map<number, number>();
  for (const [from, to] of silhouetteEdges(mesh, topology)) {
    balance.set(from, (balance.get(from) ?? 0) + 1);
    balance.set(to, (balance.get(to) ?? 0) - 1);
  }
  assert.ok(balance.size > 20);
  assert.deepEqual(new Set(balance.values()), new Set([0]));
});

test("a face that looks into the camera has most of its oval as silhouette", () => {
  const points = new Set(silhouetteEdges(mesh, topology).flat());
  assert.ok(OVAL.filter((i) => points.has(i)).length > 0.6 * OVAL.length);
});

test("a mirrored mesh has the same silhouette", () => {
  const mirrored = mesh.map((v, i) => (i % 3 === 0 ? -v : v));
  const pointsOf = (of: typeof mesh) => new Set(silhouetteEdges(of, topology).flat());
  assert.deepEqual(pointsOf(mirrored), pointsOf(mesh));
});
