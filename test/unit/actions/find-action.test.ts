import assert from "node:assert/strict";
import test from "node:test";
import { z } from "zod";
import type { Action } from "../../../src/actions/action.ts";
import { findAction } from "../../../src/actions/find-action.ts";

function anAction(name: string, version: string): Action {
  return {
    name,
    version,
    parameters: z.strictObject({}),
    run: async () => ({ members: { Version: version }, facts: {} }),
  };
}

const ACTIONS = [
  anAction("FuseFaceUltra", "2022-09-27"),
  anAction("FuseFace", "2022-09-27"),
  anAction("FuseFace", "2018-12-01"),
];

test("an action is picked by version and name together", () => {
  assert.equal(findAction(ACTIONS, "2022-09-27", "FuseFace"), ACTIONS[1]);
  assert.equal(findAction(ACTIONS, "2018-12-01", "FuseFace"), ACTIONS[2]);
});

test("a version without actions is told before an unknown action", () => {
  assert.throws(() => findAction(ACTIONS, "2030-01-01", "Nothing"), {
    reason: "version-unknown",
    details: { version: "2030-01-01" },
  });
});

test("an action of another version is unknown, and so is one in other letters", () => {
  for (const name of ["FuseFaceUltra", "fuseFace", ""]) {
    assert.throws(() => findAction(ACTIONS, "2018-12-01", name), { reason: "action-unknown" });
  }
});
