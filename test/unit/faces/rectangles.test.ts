import assert from "node:assert/strict";
import test from "node:test";
import { coveredArea01, isInside, sharedArea01 } from "../../../src/faces/rectangles.ts";

const square = { x: 0, y: 0, width: 10, height: 10 };

test("shares are intersection over union", () => {
  assert.equal(sharedArea01(square, square), 1);
  assert.equal(sharedArea01(square, { x: 5, y: 0, width: 10, height: 10 }), 50 / 150);
  assert.equal(sharedArea01(square, { x: 10, y: 0, width: 10, height: 10 }), 0);
  assert.equal(sharedArea01(square, { x: -9, y: 20, width: 30, height: 1 }), 0);
});

test("coverage counts the smaller rectangle", () => {
  assert.equal(coveredArea01(square, { x: 2, y: 2, width: 2, height: 2 }), 1);
  assert.equal(coveredArea01({ x: -1, y: 0, width: 2, height: 2 }, square), 0.5);
});

test("rectangles without area share and cover nothing", () => {
  const point = { x: 5, y: 5, width: 0, height: 0 };
  assert.equal(sharedArea01(point, point), 0);
  assert.equal(coveredArea01(point, square), 0);
});

test("a rectangle is inside where its centre is", () => {
  assert.ok(isInside({ x: 8, y: 8, width: 4, height: 4 }, square));
  assert.ok(!isInside({ x: 9, y: 8, width: 4, height: 4 }, square));
});
