import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import test from "node:test";
import { createSecretBox } from "../../../src/accounts/secret-box.ts";
import { isAppError } from "../../../src/base/app-error.ts";

const box = createSecretBox(randomBytes(32));

test("a sealed text is opened where it was sealed", () => {
  assert.equal(box.open(box.seal("秘密 key", "AKID1"), "AKID1"), "秘密 key");
});

test("the same text is never sealed the same way", () => {
  assert.notDeepEqual(box.seal("a", "x"), box.seal("a", "x"));
});

for (const [name, open] of [
  ["in another place", () => box.open(box.seal("a", "AKID1"), "AKID2")],
  ["under another key", () => createSecretBox(randomBytes(32)).open(box.seal("a", "x"), "x")],
  [
    "after a change",
    () => {
      const sealed = box.seal("a", "x");
      sealed[12]! ^= 1;
      return box.open(sealed, "x");
    },
  ],
] as const) {
  test(`a sealed text is not opened ${name}`, () => {
    assert.throws(open, (error) => isAppError(error) && error.reason === "configuration-invalid");
  });
}
