import assert from "node:assert/strict";
import test from "node:test";
import { type AccountEvent, createAccountEvents } from "../../../../src/console/account-events.ts";

const EVENT: AccountEvent = { type: "step", followAs: "mine", step: "queue" };

test("events reach the pages of their own account until these leave", () => {
  const events = createAccountEvents();
  const heard: string[] = [];
  const leave = events.subscribe("a", () => heard.push("a"));
  events.subscribe("b", () => heard.push("b"));
  events.publish("a", EVENT);
  leave?.();
  events.publish("a", EVENT);
  assert.deepEqual(heard, ["a"]);
});

test("an account has a bounded number of listeners, and room again when one leaves", () => {
  const events = createAccountEvents();
  const leaves = Array.from({ length: 40 }, () => events.subscribe("a", () => undefined));
  const taken = leaves.filter((leave) => leave !== undefined);
  assert.equal(taken.length, 32);
  taken[0]?.();
  assert.notEqual(
    events.subscribe("a", () => undefined),
    undefined,
  );
  assert.notEqual(
    events.subscribe("b", () => undefined),
    undefined,
  );
});
