import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import {
  codedLength,
  decodeBits,
  encodeBits,
} from "../../../../src/labels/watermark/convolutional-code.ts";

const bits = fc.uint8Array({ min: 0, max: 1, minLength: 8, maxLength: 80 });
const softOf = (coded: Uint8Array): Float32Array => Float32Array.from(coded, (bit) => 2 * bit - 1);

test("what was encoded is decoded", () => {
  fc.assert(
    fc.property(bits, (message) => {
      const coded = encodeBits(message);
      assert.equal(coded.length, codedLength(message.length));
      assert.deepEqual(decodeBits(softOf(coded)), message);
    }),
  );
});

test("any seven wrong bits are put right: the code's free distance is 15", () => {
  const places = fc.uniqueArray(fc.nat(), { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(bits, places, (message, wrong) => {
      const soft = softOf(encodeBits(message));
      for (const place of new Set(wrong.map((n) => n % soft.length))) soft[place] = -soft[place]!;
      assert.deepEqual(decodeBits(soft), message);
    }),
  );
});

test("a single 1 makes the code's generators, newest bit first", () => {
  const coded = encodeBits(Uint8Array.of(1));
  const columns = [0, 1, 2].map((k) =>
    Number.parseInt(Array.from({ length: 7 }, (_, i) => coded[3 * i + k]).join(""), 2),
  );
  assert.deepEqual(columns, [0o133, 0o165, 0o171]);
});
