import assert from "node:assert/strict";
import test from "node:test";
import { createRecentCalls } from "../../../../src/console/recent-calls.ts";
import type { WatchedAnswer } from "../../../../src/http/call-watch.ts";

const LIMITS = {
  keepsParameters: true,
  maxCallsPerAccount: 3,
  maxAccounts: 2,
  maxParameterCharacters: 40,
};

function anAnswer(accountId: string, requestId: string): WatchedAnswer {
  const sizes = { atMs: 1, durationMs: 2, resultBytes: 3 };
  return { accountId, requestId, ...sizes, code: undefined, facts: {} };
}

test("an account's last calls are listed newest first, up to the limit", () => {
  const calls = createRecentCalls(LIMITS);
  for (const id of ["1", "2", "3", "4"]) calls.add(anAnswer("a", id));
  assert.deepEqual(
    calls.list("a").map(({ requestId }) => requestId),
    ["4", "3", "2"],
  );
  assert.deepEqual(calls.list("b"), []);
});

test("the account that was quiet for longest is forgotten first", () => {
  const calls = createRecentCalls(LIMITS);
  calls.add(anAnswer("a", "1"));
  calls.add(anAnswer("b", "2"));
  calls.add(anAnswer("a", "3"));
  calls.add(anAnswer("c", "4"));
  assert.deepEqual(calls.list("b"), []);
  assert.equal(calls.list("a").length, 2);
});

test("parameters are told to their own account only, and the oldest go first", () => {
  const calls = createRecentCalls(LIMITS);
  calls.begin("1", { Text: "twelve chars" });
  calls.add(anAnswer("a", "1"));
  assert.equal(calls.parametersOf("a", "1"), '{"Text":"twelve chars"}');
  assert.equal(calls.parametersOf("b", "1"), undefined);
  calls.begin("2", { Text: "twelve chars" });
  calls.add(anAnswer("a", "2"));
  assert.equal(calls.parametersOf("a", "1"), undefined);
  assert.notEqual(calls.parametersOf("a", "2"), undefined);
});

test("parameters larger than all that may be kept are not kept", () => {
  const calls = createRecentCalls(LIMITS);
  calls.begin("1", { Text: "x".repeat(100) });
  calls.add(anAnswer("a", "1"));
  assert.equal(calls.parametersOf("a", "1"), undefined);
});

test("without the setting no parameters are kept", () => {
  const calls = createRecentCalls({ ...LIMITS, keepsParameters: false });
  calls.begin("1", {});
  calls.add(anAnswer("a", "1"));
  assert.equal(calls.parametersOf("a", "1"), undefined);
});
