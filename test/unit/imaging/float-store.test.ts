import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import {
  borrowFloats,
  borrowZeros,
  emptyFloatStore,
  returnFloats,
} from "../../../src/imaging/float-store.ts";

const LARGE = 100_000;

afterEach(() => emptyFloatStore());

test("A returned array's memory is lent again, for about the same length too", () => {
  const first = borrowFloats(LARGE);
  returnFloats(first);
  const second = borrowFloats(LARGE - 100);
  assert.equal(second.buffer, first.buffer);
  assert.equal(second.length, LARGE - 100);
});

test("Memory that is lent is not lent twice", () => {
  const first = borrowFloats(LARGE);
  returnFloats(first, first);
  returnFloats(first);
  const again = [borrowFloats(LARGE), borrowFloats(LARGE)];
  assert.notEqual(again[0]!.buffer, again[1]!.buffer);
});

test("Zeros are zeros in used memory", () => {
  const used = borrowFloats(LARGE).fill(7);
  returnFloats(used);
  const zeros = borrowZeros(LARGE);
  assert.equal(zeros.buffer, used.buffer);
  assert.ok(zeros.every((v) => v === 0));
  assert.ok(borrowZeros(10).every((v) => v === 0));
});

test("Arrays that were not borrowed are not kept, nor views into another array", () => {
  const own = new Float32Array(LARGE + 1);
  const whole = borrowFloats(2 * LARGE);
  returnFloats(own, whole.subarray(0, LARGE), whole.subarray(LARGE));
  const lent = [borrowFloats(LARGE + 1), borrowFloats(LARGE)];
  assert.notEqual(lent[0]!.buffer, own.buffer);
  assert.notEqual(lent[1]!.buffer, whole.buffer);
});

test("No more than 128 MiB are kept, and none after the store was emptied", () => {
  const large = Array.from({ length: 11 }, () => borrowFloats(4 * 2 ** 20));
  returnFloats(...large);
  const again = large.map(() => borrowFloats(4 * 2 ** 20).buffer);
  const known = new Set(large.map((array) => array.buffer));
  assert.equal(again.filter((buffer) => known.has(buffer)).length, 8);
  returnFloats(...large);
  emptyFloatStore();
  assert.ok(!known.has(borrowFloats(4 * 2 ** 20).buffer));
});
