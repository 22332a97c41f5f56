import assert from "node:assert/strict";
import test from "node:test";
import { createPlane, planeFrom, valuesUnder } from "../../../src/imaging/plane.ts";

test("a plane starts with zeros or with the given value", () => {
  assert.deepEqual([...createPlane(3, 2).data], [0, 0, 0, 0, 0, 0]);
  assert.deepEqual([...createPlane(2, 2, 0.5).data], [0.5, 0.5, 0.5, 0.5]);
});

test("a plane asks for its cells by index, top row first", () => {
  const plane = planeFrom(3, 2, (i) => 10 * i);
  assert.deepEqual(plane, {
    width: 3,
    height: 2,
    data: Float32Array.of(0, 10, 20, 30, 40, 50),
  });
});

test("values under a mask are those where the mask exceeds the limit, in their order", () => {
  const plane = planeFrom(3, 2, (i) => 10 * i);
  const mask = planeFrom(3, 2, (i) => (i % 2) / 2);
  assert.deepEqual([...valuesUnder(plane, mask, 0.2)], [10, 30, 50]);
  assert.deepEqual([...valuesUnder(plane, mask, 0.5)], []);
});
