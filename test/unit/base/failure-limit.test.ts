import assert from "node:assert/strict";
import test from "node:test";
import { createFailureLimit } from "../../../src/base/failure-limit.ts";

test("so many failures are free, each further one waits, and time pays them off", () => {
  let now = 0;
  const limit = createFailureLimit({ free: 3, eachMs: 1_000 }, () => now);
  for (let i = 0; i < 3; i++) {
    assert.equal(limit.waitMs("a"), 0);
    limit.note("a");
  }
  assert.equal(limit.waitMs("a"), 1_000);
  assert.equal(limit.waitMs("b"), 0);
  now = 999;
  assert.ok(limit.waitMs("a") > 0);
  now = 1_000;
  assert.equal(limit.waitMs("a"), 0);
  limit.note("a");
  assert.equal(limit.waitMs("a"), 1_000);
  limit.forgive("a");
  assert.equal(limit.waitMs("a"), 0);
});

test("strangers cannot fill the memory: the address that failed longest ago is forgotten", () => {
  const limit = createFailureLimit({ free: 1, eachMs: 1_000 }, () => 0);
  limit.note("first");
  assert.ok(limit.waitMs("first") > 0);
  for (let i = 0; i < 10_000; i++) limit.note(`${i}`);
  assert.equal(limit.waitMs("first"), 0);
});
