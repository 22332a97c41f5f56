import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { MESH_POINTS } from "../../../../src/faces/face.ts";
import { EYES, LEFT_EYE, POINT, RIGHT_EYE } from "../../../../src/fusion/face-regions.ts";
import {
  boundsOf,
  distance3,
  eyeOpenness,
  faceDown,
  faceScale,
  gazeDifference,
  gazeOf,
  type Mesh,
  mouthGap,
  mouthWidth,
} from "../../../../src/fusion/shape/measure-face.ts";
import { applySimilarity } from "../../../../src/imaging/similarity-transform.ts";
import { assertClose } from "../../../support/planes.ts";

type Place = readonly [number, number, number];

/** A mesh whose named points are where they are told, and all others in the middle. */
function aMesh(places: Readonly<Record<number, Place>>): Mesh {
  const mesh = new Float32Array(3 * MESH_POINTS);
  for (const [point, place] of Object.entries(places)) mesh.set(place, 3 * Number(point));
  return mesh;
}

/** A face 200 px long: an eye 40 px wide and 8 px open on each side, a mouth 60 px wide and 10 px open. */
const FACE = aMesh({
  [POINT.foreheadTop]: [0, -100, 0],
  [POINT.chin]: [0, 100, 0],
  [POINT.upperLipInner]: [0, 45, 0],
  [POINT.lowerLipInner]: [0, 55, 0],
  61: [-30, 50, 0],
  291: [30, 50, 0],
  ...anEye(LEFT_EYE.lids, -70, -30),
  ...anEye(RIGHT_EYE.lids, 70, 30),
  [LEFT_EYE.iris[0]!]: [-45, -22, 0],
  [RIGHT_EYE.iris[0]!]: [55, -22, 0],
});

function anEye(lids: readonly number[], outer: number, inner: number): Record<number, Place> {
  const at = (share: number, y: number): Place => [outer + share * (inner - outer), y, 0];
  return {
    [lids[0]!]: at(0, -20),
    [lids[8]!]: at(1, -20),
    [lids[3]!]: at(0.4, -24),
    [lids[13]!]: at(0.4, -16),
    [lids[5]!]: at(0.6, -24),
    [lids[11]!]: at(0.6, -16),
  };
}

test("measures of a drawn face are those it was drawn with", () => {
  assert.equal(faceScale(FACE), 200);
  assert.deepEqual(faceDown(FACE), [0, 1, 0]);
  assertClose([mouthGap(FACE), mouthWidth(FACE)], [0.05, 0.3], 1e-6);
  for (const eye of EYES) assertClose([eyeOpenness(FACE, eye)], [0.2], 1e-6);
});

test("gaze counts from the outer corner to the inner, in eye widths", () => {
  assertClose(gazeOf(FACE, LEFT_EYE), [0.625, -0.05], 1e-6);
  assertClose(gazeOf(FACE, RIGHT_EYE), [0.375, 0.05], 1e-6);
});

test("a gaze differs by how far the iris moved, whatever the eye", () => {
  const moved = FACE.slice();
  for (const eye of EYES) moved[3 * eye.iris[0]!]! += 8;
  for (const eye of EYES) {
    assertClose([gazeDifference(FACE, moved, eye)], [0.2], 1e-6);
    assert.equal(gazeDifference(FACE, FACE, eye), 0);
  }
});

test("distances are taken in 3D", () => {
  const mesh = aMesh({ 3: [1, 2, 3], 7: [3, 5, 9] });
  assert.equal(distance3(mesh, 3, 7), 7);
});

test("measures do not depend on the picture's scale, place or the head's turn", () => {
  const angle = fc.double({ min: -3, max: 3, noNaN: true });
  const scale = fc.double({ min: 0.3, max: 20, noNaN: true });
  fc.assert(
    fc.property(angle, angle, scale, (roll, yaw, size) => {
      const [c, s, cy, sy] = [Math.cos(roll), Math.sin(roll), Math.cos(yaw), Math.sin(yaw)];
      const rotation = [c * cy, -s, c * sy, s * cy, c, s * sy, -sy, 0, cy];
      const turned = applySimilarity(FACE, { scale: size, rotation, translation: [300, -20, 5] });
      assertClose([faceScale(turned) / size], [200], 0.01);
      assertClose([mouthGap(turned), mouthWidth(turned)], [0.05, 0.3], 1e-4);
      for (const eye of EYES) assertClose([eyeOpenness(turned, eye)], [0.2], 1e-4);
      assertClose(faceDown(turned), [-s, c, 0], 1e-4);
    }),
  );
});

test("gaze does not depend on roll", () => {
  const [c, s] = [Math.cos(2), Math.sin(2)];
  const rotation = [c, -s, 0, s, c, 0, 0, 0, 1];
  const turned = applySimilarity(FACE, { scale: 3, rotation, translation: [9, 9, 0] });
  for (const eye of EYES) assertClose([gazeDifference(FACE, turned, eye)], [0], 1e-4);
});

test("bounds hold the face's points with a margin of four pixels and leave the irises out", () => {
  const mesh = aMesh({ 0: [-10, 5, 0], 467: [30, 50, 0], 468: [900, 900, 0] });
  assert.deepEqual(boundsOf(mesh), { x: -14, y: -4, width: 48, height: 58 });
});

test("a mesh that fell into one point gives numbers, not NaN", () => {
  const mesh = aMesh({});
  for (const eye of EYES) {
    assert.equal(eyeOpenness(mesh, eye), 0);
    assert.ok(gazeOf(mesh, eye).every(Number.isFinite));
  }
});
