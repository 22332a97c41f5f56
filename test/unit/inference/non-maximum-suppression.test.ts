import assert from "node:assert/strict";
import test from "node:test";
import type { Detection } from "../../../src/inference/face-detector.ts";
import { suppressOverlaps } from "../../../src/inference/non-maximum-suppression.ts";

function detection(x: number, score01: number, size = 10): Detection {
  return { x, y: 50, width: size, height: size, score01, keyPoints: [x, 50] };
}

test("joins overlapping detections to their mean weighted by score, with the best score", () => {
  const joined = suppressOverlaps([detection(12, 0.3), detection(10, 0.9)]);
  assert.equal(joined.length, 1);
  assert.equal(joined[0]!.score01, 0.9);
  assert.ok(Math.abs(joined[0]!.x - 10.5) < 1e-9);
  assert.ok(Math.abs(joined[0]!.keyPoints[0]! - 10.5) < 1e-9);
});

test("keeps detections apart that share little, best first", () => {
  const kept = suppressOverlaps([detection(10, 0.5), detection(17, 0.8)]);
  assert.deepEqual(
    kept.map(({ x }) => x),
    [17, 10],
  );
});

test("keeps a detection of no size once, and nothing of nothing", () => {
  assert.equal(suppressOverlaps([detection(10, 0.5, 0)]).length, 1);
  assert.deepEqual(suppressOverlaps([]), []);
});
