import assert from "node:assert/strict";
import test from "node:test";
import { createRateLimit, rateOf } from "../../../src/accounts/rate-limit.ts";
import { toWireError } from "../../../src/protocol/error-codes.ts";

function messageOf(count: () => void): string | undefined {
  try {
    count();
    return undefined;
  } catch (error) {
    return toWireError(error, "en-US").Message;
  }
}

test("calls over the limit of a second are told how many there were", () => {
  let now = 10_000;
  const limit = createRateLimit(() => now);
  const call = (): string | undefined => messageOf(() => limit.count("a", 2));
  assert.deepEqual([call(), call()], [undefined, undefined]);
  assert.equal(
    call(),
    "Your current request times equals to `3` in a second, which exceeds the frequency limit `2` for a second. Please reduce the frequency of calls.",
  );
  assert.equal(
    messageOf(() => limit.count("b", 2)),
    undefined,
  );
  now = 10_999;
  assert.match(call() ?? "", /equals to `4`/);
  now = 11_000;
  assert.equal(call(), undefined);
});

test("a limit of 0 never refuses", () => {
  const limit = createRateLimit(() => 0);
  for (let i = 0; i < 100; i++) limit.count("a", 0);
});

test("an action's own rate comes before the account's, and that before the server's", () => {
  const rates = { FuseFaceUltra: 2, "*": 5 };
  assert.equal(rateOf(rates, "FuseFaceUltra", 9), 2);
  assert.equal(rateOf(rates, "FuseFace", 9), 5);
  assert.equal(rateOf({}, "FuseFaceUltra", 9), 9);
  assert.equal(rateOf({ FuseFaceUltra: 0 }, "FuseFaceUltra", 9), 0);
  assert.equal(rateOf({}, "constructor", 9), 9);
});
