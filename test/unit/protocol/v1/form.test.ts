import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { isAppError } from "../../../../src/base/app-error.ts";
import { latin1Text, parseForm } from "../../../../src/protocol/v1/form.ts";

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

const MEBIBYTE = 1024 ** 2;
for (const [name, text] of [
  ["pluses", `a=${"+".repeat(MEBIBYTE)}`],
  ["pluses and letters by turns", `a=${"+a".repeat(MEBIBYTE / 2)}`],
  ["percent-encoded letters", `a=${"%41".repeat(MEBIBYTE / 3)}`],
  ["percent-encoded emojis", `a=${"%F0%9F%98%80".repeat(MEBIBYTE / 12)}`],
] as const) {
  test(`a mebibyte of ${name} is decoded within 100 ms of work`, () => {
    assert.equal(parseForm(text).get("a"), new URLSearchParams(text).get("a"));
    // Time of the processor, not of the clock, and the best of three: other tests run beside this one.
    const times = [1, 2, 3].map(() => {
      const before = process.cpuUsage();
      parseForm(text);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    });
    assert.ok(Math.min(...times) < 100, `${times.join(", ")} ms`);
  });
}

test("bytes become characters of the same numbers", () => {
  const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i & 0xff);
  assert.equal(latin1Text(bytes), Buffer.from(bytes).toString("latin1"));
});

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
