import assert from "node:assert/strict";
import test from "node:test";
import { generateKeyPair } from "../../../src/accounts/key-pair.ts";

test("a generated pair has the original's form and is never the same", () => {
  const pairs = Array.from({ length: 50 }, generateKeyPair);
  for (const { secretId, secretKey } of pairs) {
    assert.match(secretId, /^AKID[A-Za-z0-9]{32}$/);
    assert.match(secretKey, /^[A-Za-z0-9]{32}$/);
  }
  assert.equal(new Set(pairs.map((pair) => pair.secretKey)).size, 50);
});
