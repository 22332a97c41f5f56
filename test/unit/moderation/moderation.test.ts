import assert from "node:assert/strict";
import test from "node:test";
import type { Moderator } from "../../../src/moderation/moderation.ts";
import { createModeration } from "../../../src/moderation/moderation.ts";

const CALL = { requestId: "r", accountId: "a", signal: new AbortController().signal };
const [one, two, three] = [Buffer.from("1"), Buffer.from("2"), Buffer.from("3")];

test("without a moderator there is no moderation", () => {
  assert.equal(createModeration([], ["template"]), undefined);
});

test("only pictures of the chosen roles are looked at, one used twice once", async () => {
  const seen: string[] = [];
  const note: Moderator = {
    check: async ({ role, bytes }) => void seen.push(`${role} ${Buffer.from(bytes)}`),
  };
  const moderation = createModeration([note], ["user", "result"])!;
  await moderation.check(
    [
      { role: "template", bytes: three! },
      { role: "user", bytes: one! },
      { role: "user", bytes: two! },
      { role: "user", bytes: one! },
    ],
    CALL,
  );
  assert.deepEqual(seen, ["user 1", "user 2"]);
  assert.ok(moderation.covers("result"));
  assert.ok(!moderation.covers("template"));
});

test("a picture that one moderator refuses is not shown to the next", async () => {
  let isAsked = false;
  const refuse: Moderator = { check: () => Promise.reject(new Error("no")) };
  const ask: Moderator = {
    check: async () => {
      isAsked = true;
    },
  };
  const moderation = createModeration([refuse, ask], ["user"])!;
  await assert.rejects(moderation.check([{ role: "user", bytes: one! }], CALL), /no/);
  assert.ok(!isAsked);
});
