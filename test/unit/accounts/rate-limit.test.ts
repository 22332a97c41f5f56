import assert from "node:assert/strict";
import test from "node:test";
import { createRateLimit } from "../../../src/accounts/rate-limit.ts";
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
  const limit = createRateLimit(2, () => now);
  const call = (): string | undefined => messageOf(() => limit.count("a"));
  assert.deepEqual([call(), call()], [undefined, undefined]);
  assert.equal(
    call(),
    "Your current request times equals to `3` in a second, which exceeds the frequency limit `2` for a second. Please reduce the frequency of calls.",
  );
  assert.equal(
    messageOf(() => limit.count("b")),
    undefined,
  );
  now = 10_999;
  assert.match(call() ?? "", /equals to `4`/);
  now = 11_000;
  assert.equal(call(), undefined);
});

test("a limit of 0 never refuses", () => {
  const limit = createRateLimit(0, () => 0);
  for (let i = 0; i < 100; i++) limit.count("a");
});
