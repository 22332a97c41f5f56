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

test("all addresses of one IPv6 network of 64 bits count as one, IPv4 addresses each", () => {
  const limit = createFailureLimit({ free: 1, eachMs: 1_000 }, () => 0);
  limit.note("2a00:1450:0:7::1");
  for (const same of ["2a00:1450:0:7::2", "2a00:1450::7:ffff:0:0:9", "2A00:1450:0:7:1:2:3:4"]) {
    assert.ok(limit.waitMs(same) > 0, same);
  }
  limit.note("::ffff:8.8.8.8");
  for (const other of ["2a00:1450:0:8::1", "::ffff:8.8.8.9", "8.8.8.8", "::1"]) {
    assert.equal(limit.waitMs(other), 0, other);
  }
  limit.forgive("2a00:1450:0:7:9::");
  assert.equal(limit.waitMs("2a00:1450:0:7::1"), 0);
});
