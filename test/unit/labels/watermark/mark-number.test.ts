import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import {
  bitsOfNumber,
  MARK_BITS,
  markNumberOf,
  numberOfBits,
} from "../../../../src/labels/watermark/mark-number.ts";

test("a number has 48 bits, begins the digest of its ProduceID and differs from one to the next", () => {
  const number = markNumberOf("request-1");
  const digest = createHash("sha256").update("faceloom watermark request-1").digest("hex");
  assert.match(number, /^[0-9a-f]{12}$/);
  assert.ok(digest.startsWith(number));
  assert.notEqual(markNumberOf("request-2"), number);
});

test("bits lead back to their number, and one wrong bit to none", () => {
  for (const number of ["000000000000", "ffffffffffff", "0123456789ab"]) {
    const bits = bitsOfNumber(number);
    assert.equal(bits.length, MARK_BITS);
    assert.equal(numberOfBits(bits), number);
    for (let i = 0; i < MARK_BITS; i++) {
      const wrong = bits.map((bit, k) => (k === i ? 1 - bit : bit));
      assert.equal(numberOfBits(wrong), undefined);
    }
  }
});
