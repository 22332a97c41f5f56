import assert from "node:assert/strict";
import test from "node:test";
import type { Reason } from "../../../src/base/app-error.ts";
import { isAppError } from "../../../src/base/app-error.ts";
import { chooseFace, type FaceChoice } from "../../../src/faces/choose-face.ts";
import type { Face, FoundFaces, RejectedFace } from "../../../src/faces/face.ts";

function face(x: number, sidePx: number): Face {
  const box = { x, y: 0, width: sidePx, height: sidePx };
  return { box, score01: 1, rollRad: 0, flag01: 1, mesh: new Float32Array(478 * 3) };
}

function rejected(x: number, why: RejectedFace["why"]): RejectedFace {
  return { box: { x, y: 0, width: 30, height: 30 }, score01: 0.9, why };
}

const [large, small] = [face(0, 100), face(200, 50)] as const;
const both: FoundFaces = { faces: [large, small], rejected: [] };

function assertRefused(found: FoundFaces, choice: FaceChoice, reason: Reason): void {
  assert.throws(
    () => chooseFace(found, choice),
    (error) => isAppError(error) && error.reason === reason,
  );
}

test("takes the largest face that is not taken", () => {
  assert.equal(chooseFace(both), large);
  assert.equal(chooseFace(both, { taken: [large] }), small);
  assertRefused(both, { taken: [large, small] }, "face-not-found");
});

test("takes the face that a rectangle overlaps best, taken or not", () => {
  const rect = { x: 190, y: -10, width: 70, height: 70 };
  assert.equal(chooseFace(both, { rect }), small);
  assert.equal(chooseFace(both, { rect, taken: [small] }), small);
});

test("takes the face whose centre lies in a rectangle that is far too large", () => {
  const rect = { x: 180, y: -400, width: 500, height: 900 };
  assert.equal(chooseFace(both, { rect }), small);
});

test("refuses a rectangle without a face", () => {
  const rect = { x: 400, y: 0, width: 50, height: 50 };
  assertRefused(both, { rect }, "face-not-found");
});

test("says that the face is too small where only such a one is", () => {
  const found: FoundFaces = { faces: [], rejected: [rejected(0, "too-small")] };
  assertRefused(found, {}, "face-too-small");
  const beside: FoundFaces = { faces: [large], rejected: [rejected(300, "too-small")] };
  const rect = { x: 298, y: 0, width: 30, height: 34 };
  assertRefused(beside, { rect }, "face-too-small");
  assert.equal(chooseFace(beside), large);
});

test("believes a rectangle of allowed size about a face that seems a little too small", () => {
  const little = face(300, 35);
  const tiny = face(400, 30);
  const found: FoundFaces = {
    faces: [large],
    rejected: [little, tiny].map((f) => ({ ...f, why: "too-small", face: f })),
  };
  const around = (x: number, width: number, height: number) => ({
    rect: { x, y: 0, width, height },
  });
  assert.equal(chooseFace(found, around(299, 36, 45)), little);
  assertRefused(found, around(299, 33, 45), "face-too-small");
  assertRefused(found, around(290, 60, 60), "face-too-small");
  assertRefused(found, around(399, 34, 34), "face-too-small");
  assert.equal(chooseFace(found), large);
});

test("says that no face was found where landmarks cannot be trusted, and where there is nothing", () => {
  const found: FoundFaces = { faces: [], rejected: [rejected(0, "landmarks-untrusted")] };
  assertRefused(found, {}, "face-not-found");
  assertRefused({ faces: [], rejected: [] }, {}, "face-not-found");
});
