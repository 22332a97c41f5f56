import assert from "node:assert/strict";
import test from "node:test";
import { sampleCrop } from "../../../src/imaging/sample-crop.ts";
import {
  type FaceDetector,
  openFullRangeDetector,
  openShortRangeDetector,
  SHORT_RANGE_SIDE_PX,
} from "../../../src/inference/face-detector.ts";
import { demoPhoto } from "../../support/demo-photos.ts";
import { testModels } from "../../support/test-models.ts";

const photo = await demoPhoto(6);
const models = await testModels();

/** Eyes, nose tip and mouth of the four people, left to right, marked by eye; px of the photo. */
const MARKS = [
  [317, 605, 425, 596, 380, 667, 386, 711],
  [701, 455, 797, 445, 751, 510, 767, 565],
  [1224, 427, 1332, 428, 1283, 489, 1274, 538],
  [1534, 373, 1627, 394, 1562, 444, 1556, 494],
] as const;

/** An eighth of the faces' width: the detectors see a quarter of the resolution and mark roughly. */
const TOLERANCE_PX = 28;

/** Runs a detector on a part of the photo; gives the key points back in px of the photo. */
async function detectIn(
  detector: FaceDetector,
  part: { left: number; top: number; width: number; height: number; scale: number },
): Promise<number[][]> {
  const { left, top, width, height, scale } = part;
  const cropToPicture = { a: scale, b: 0, c: 0, d: scale, tx: left, ty: top };
  const planes = sampleCrop(photo, { width, height, cropToPicture, range: [-1, 1] });
  const found = await detector.detect({ planes, width, height }, 0.5);
  return found.map(({ keyPoints }) =>
    keyPoints.map((value, i) => value * scale + (i % 2 === 0 ? left : top)),
  );
}

function assertMarked(keyPoints: readonly number[] | undefined, marks: readonly number[]): void {
  assert.ok(keyPoints !== undefined);
  for (const [i, mark] of marks.entries()) {
    const distance = Math.abs(keyPoints[i]! - mark);
    assert.ok(distance < TOLERANCE_PX, `value ${i} is ${distance} px off`);
  }
}

test("the full-range detector marks eyes, nose and mouth of four people in one input", async () => {
  await using detector = await openFullRangeDetector(models);
  const whole = { left: 0, top: 0, width: 480, height: 384, scale: 4 };
  const found = (await detectIn(detector, whole)).toSorted((p, q) => p[0]! - q[0]!);
  assert.equal(found.length, MARKS.length);
  for (const [i, marks] of MARKS.entries()) assertMarked(found[i], marks);
});

test("the short-range detector marks eyes, nose and mouth of one person at a time", async () => {
  await using detector = await openShortRangeDetector(models);
  for (const marks of MARKS) {
    const side = 430;
    const found = await detectIn(detector, {
      left: marks[4] - side / 2,
      top: marks[5] - side / 2,
      width: SHORT_RANGE_SIDE_PX,
      height: SHORT_RANGE_SIDE_PX,
      scale: side / SHORT_RANGE_SIDE_PX,
    });
    assertMarked(found[0], marks);
  }
});

test("finds nothing below the wanted score", async () => {
  await using detector = await openShortRangeDetector(models);
  const side = SHORT_RANGE_SIDE_PX;
  const planes = new Float32Array(3 * side * side);
  assert.deepEqual(await detector.detect({ planes, width: side, height: side }, 0.9), []);
});
