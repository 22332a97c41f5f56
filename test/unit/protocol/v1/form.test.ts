import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { isAppError } from "../../../../src/base/app-error.ts";
import { parseForm } from "../../../../src/protocol/v1/form.ts";

test("pairs are decoded in their order", () => {
  assert.deepEqual(
    [...parseForm("a=1&b=x%3Dy&c=a+b%2B&d=&%E4%B8%AD=%E6%96%87")],
    [
      ["a", "1"],
      ["b", "x=y"],
      ["c", "a b+"],
      ["d", ""],
      ["中", "文"],
    ],
  );
});

test("nothing has no pairs", () => {
  assert.equal(parseForm("").size, 0);
});

for (const [name, text, reason] of [
  ["a part without =", "a=1&b", "malformed-form"],
  ["an empty part", "a=1&&b=2", "malformed-form"],
  ["an empty name", "=1", "malformed-form"],
  ["broken percent-encoding", "a=%zz", "malformed-form"],
  ["bytes that are no UTF-8", "a=%ff", "malformed-form"],
  ["a repeated name", "a=1&%61=2", "malformed-request"],
  ["2001 pairs", Array.from({ length: 2001 }, (_, i) => `k${i}=`).join("&"), "malformed-request"],
] as const) {
  test(`a form with ${name} is refused`, () => {
    assert.throws(
      () => parseForm(text),
      (error) => isAppError(error) && error.reason === reason,
    );
  });
}

test("what URLSearchParams writes is read back", () => {
  const pairs = fc.dictionary(
    fc.string({ unit: "grapheme", minLength: 1 }),
    fc.string({ unit: "grapheme" }),
  );
  fc.assert(
    fc.property(pairs, (one) => {
      assert.deepEqual(
        new Map(parseForm(new URLSearchParams(one).toString())),
        new Map(Object.entries(one)),
      );
    }),
  );
});
