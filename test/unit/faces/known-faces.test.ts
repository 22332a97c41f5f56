import assert from "node:assert/strict";
import test from "node:test";
import type { Face, RejectedFace } from "../../../src/faces/face.ts";
import { KnownFaces } from "../../../src/faces/known-faces.ts";

function face(x: number, sidePx: number, flag01 = 1): Face {
  const box = { x, y: 0, width: sidePx, height: sidePx };
  return { box, score01: 1, rollRad: 0, flag01, mesh: new Float32Array(478 * 3) };
}

function rejected(x: number, why: RejectedFace["why"], score01 = 0.8): RejectedFace {
  return { box: { x, y: 0, width: 30, height: 30 }, score01, why };
}

function region(x: number, sidePx: number) {
  return { centre: [x, sidePx / 2], sidePx, rollRad: 0, score01: 1 } as const;
}

test("keeps one of two views of a face, the one with the surer landmarks", () => {
  const known = new KnownFaces();
  known.add({ face: face(0, 100, 0.7) });
  known.add({ face: face(4, 100, 0.9) });
  known.add({ face: face(2, 100, 0.8) });
  assert.deepEqual(
    known.summary().faces.map(({ flag01 }) => flag01),
    [0.9],
  );
});

test("lists faces by falling area and counts those from a size on", () => {
  const known = new KnownFaces();
  known.add({ face: face(200, 50) });
  known.add({ face: face(0, 100) });
  assert.deepEqual(
    known.summary().faces.map(({ box }) => box.width),
    [100, 50],
  );
  assert.equal(known.countFrom(60), 1);
  assert.equal(known.countFrom(0), 2);
});

test("a proposal is covered by a usable or a too small face of its size, not by a doubtful one", () => {
  const known = new KnownFaces();
  known.add({ face: face(0, 100) });
  known.add({ rejected: rejected(300, "too-small") });
  known.add({ rejected: rejected(600, "landmarks-untrusted") });
  assert.ok(known.covers(region(50, 90)));
  assert.ok(known.covers(region(315, 30)));
  assert.ok(!known.covers(region(615, 30)));
  assert.ok(!known.covers(region(50, 20)));
});

test("reports a rejected face once, and not where a usable one is", () => {
  const known = new KnownFaces();
  known.add({ rejected: rejected(10, "landmarks-untrusted") });
  known.add({ rejected: rejected(300, "landmarks-untrusted", 0.7) });
  known.add({ rejected: rejected(302, "landmarks-untrusted", 0.9) });
  known.add({ face: face(0, 100) });
  known.add({});
  assert.deepEqual(
    known.summary().rejected.map(({ score01 }) => score01),
    [0.9],
  );
});
