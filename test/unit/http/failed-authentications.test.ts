import assert from "node:assert/strict";
import test from "node:test";
import { AppError, isAppError } from "../../../src/base/app-error.ts";
import { limitFailedAuthentications } from "../../../src/http/failed-authentications.ts";

const mismatch = new AppError("signature-mismatch", "");

function reasonOf(error: unknown): string {
  assert.ok(isAppError(error));
  return error.reason;
}

test("an address that fails too often is told so in place of what is wrong, and recovers with time", () => {
  let now = 0;
  const limit = limitFailedAuthentications(2, () => now);
  const told = (address: string) => reasonOf(limit.judge(mismatch, address));
  for (let i = 0; i < 40; i++) assert.equal(told("192.0.2.1"), "signature-mismatch");
  assert.equal(told("192.0.2.1"), "rate-exceeded");
  assert.equal(told("192.0.2.2"), "signature-mismatch");
  assert.equal(told("2001:db8::1"), "signature-mismatch");
  now += 1_000;
  assert.equal(told("192.0.2.1"), "signature-mismatch");
});

test("other faults and the own machine are not limited, and 0 is no limit", () => {
  const limit = limitFailedAuthentications(1, () => 0);
  const expired = new AppError("signature-expired", "");
  const bug = new TypeError("x");
  for (let i = 0; i < 100; i++) {
    assert.equal(limit.judge(expired, "192.0.2.1"), expired);
    assert.equal(limit.judge(bug, "192.0.2.1"), bug);
    for (const own of ["127.0.0.1", "::1", "::ffff:127.0.0.1"]) {
      assert.equal(limit.judge(mismatch, own), mismatch);
    }
  }
  const none = limitFailedAuthentications(0, () => 0);
  for (let i = 0; i < 100; i++) assert.equal(none.judge(mismatch, "192.0.2.1"), mismatch);
});
