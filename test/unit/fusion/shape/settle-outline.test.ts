import assert from "node:assert/strict";
import test from "node:test";
import { loadCanonicalFace } from "../../../../src/faces/canonical-face.ts";
import { EYES, OVAL } from "../../../../src/fusion/face-regions.ts";
import { createFaceTopology } from "../../../../src/fusion/face-topology.ts";
import { faceScale, type Mesh } from "../../../../src/fusion/shape/measure-face.ts";
import { settleOutline } from "../../../../src/fusion/shape/settle-outline.ts";
import { foundPortraits } from "../../../support/found-faces.ts";
import { testModels } from "../../../support/test-models.ts";

const topology = createFaceTopology(await loadCanonicalFace(await testModels()));
const [portrait] = await foundPortraits("calm");
const template: Mesh = portrait!.face.mesh;
const scale = faceScale(template);

/** Offsets of the oval's points on the screen: `along` it, clockwise, and `across` it, outwards; over the face scale. */
function ovalOffsets(along: number, across: number): Float32Array {
  const offsets = new Float32Array(template.length);
  for (const [n, i] of OVAL.entries()) {
    const [ux, uy] = tangentAt(n);
    offsets[3 * i] = scale * (along * ux + across * uy);
    offsets[3 * i + 1] = scale * (along * uy - across * ux);
  }
  return offsets;
}

/** Unit vector along the outline at its n-th point. */
function tangentAt(n: number): readonly [number, number] {
  const [before, after] = [OVAL.at(n - 1)!, OVAL[(n + 1) % OVAL.length]!];
  const dx = template[3 * after]! - template[3 * before]!;
  const dy = template[3 * after + 1]! - template[3 * before + 1]!;
  const length = Math.hypot(dx, dy);
  return [dx / length, dy / length];
}

/** Mean length of the oval's offsets on the screen, over the face scale. */
function meanOf(offsets: Float32Array): number {
  const sum = OVAL.reduce(
    (total, i) => total + Math.hypot(offsets[3 * i]!, offsets[3 * i + 1]!),
    0,
  );
  return sum / OVAL.length / scale;
}

test("points that only slide along the outline stay", () => {
  const offsets = ovalOffsets(0.02, 0);
  settleOutline(offsets, template, topology);
  assert.ok(meanOf(offsets) < 0.004, `${meanOf(offsets)}`);
});

test("points that move across the outline move as far as they did", () => {
  const offsets = ovalOffsets(0, 0.02);
  settleOutline(offsets, template, topology);
  assert.ok(meanOf(offsets) > 0.019, `${meanOf(offsets)}`);
});

test("a move that is smaller than the landmarks' error is none", () => {
  const offsets = ovalOffsets(0, 0.001);
  settleOutline(offsets, template, topology);
  // A few points of the oval lie behind the silhouette, where nothing is seen of them.
  assert.ok(meanOf(offsets) < 0.0005, `${meanOf(offsets)}`);
});

test("the inside of the face does not notice", () => {
  const offsets = ovalOffsets(0.02, 0.02);
  settleOutline(offsets, template, topology);
  for (const i of EYES.flatMap((eye) => eye.lids)) assert.equal(offsets[3 * i], 0);
});
