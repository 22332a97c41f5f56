import assert from "node:assert/strict";
import test, { after } from "node:test";
import { setImmediate } from "node:timers/promises";
import {
  createDownloadSlots,
  type DownloadSlots,
  type SlotLimits,
} from "../../../src/download/download-slots.ts";

const LIMITS: SlotLimits = {
  maxConcurrent: 16,
  maxPerAccount: 8,
  maxPerDestination: 4,
  maxWaitMs: 60_000,
};
/** Whoever still waits at the end leaves. */
const end = new AbortController();
const never = end.signal;
after(() => end.abort());

const ignore = (): void => undefined;

/** Asks for connections, one for each `[account, destination]`, and notes who gets one, in order. */
function ask(slots: DownloadSlots, wanted: readonly (readonly [string, string])[]) {
  const entered: string[] = [];
  const open: { account: string; destination: string; giveBack: () => void }[] = [];
  for (const [account, destination] of wanted) {
    slots.connect(account, [destination], never).then((giveBack) => {
      entered.push(`${account} ${destination}`);
      open.push({ account, destination, giveBack });
    }, ignore);
  }
  return { entered, open };
}

const times = <T>(count: number, one: T): T[] => new Array<T>(count).fill(one);

test("an account has no more downloads at once than it may, and others still get theirs", async () => {
  const slots = createDownloadSlots(LIMITS);
  let admitted = 0;
  const giveBacks: (() => void)[] = [];
  for (let i = 0; i < 20; i++) {
    slots.admit("greedy", never).then((giveBack) => {
      admitted += 1;
      giveBacks.push(giveBack);
    }, ignore);
  }
  await setImmediate();
  assert.equal(admitted, 8);
  await slots.admit("other", never);
  giveBacks[0]!();
  await setImmediate();
  assert.equal(admitted, 9);
});

test("a destination gets no more connections at once than it may, whoever asks", async () => {
  const slots = createDownloadSlots(LIMITS);
  const wanted = ["a", "b", "c"].flatMap((account) => times(4, [account, "victim 443"] as const));
  const { entered, open } = ask(slots, wanted);
  await setImmediate();
  assert.equal(entered.length, 4);
  for (let done = 0; done < 8; done++) {
    open.shift()!.giveBack();
    await setImmediate();
    assert.equal(open.length, 4);
  }
  assert.equal(entered.length, 12);
});

test("a host of several addresses takes a connection of each", async () => {
  const slots = createDownloadSlots({ ...LIMITS, maxPerDestination: 1 });
  const giveBack = await slots.connect("a", ["one 80", "two 80", "one 80"], never);
  const { entered } = ask(slots, [
    ["b", "one 80"],
    ["b", "two 80"],
    ["b", "three 80"],
  ]);
  await setImmediate();
  assert.deepEqual(entered, ["b three 80"]);
  giveBack();
  await setImmediate();
  assert.deepEqual(entered, ["b three 80", "b one 80", "b two 80"]);
});

test("waiting for a destination that hangs holds up nobody who wants another", async () => {
  const slots = createDownloadSlots(LIMITS);
  const { entered } = ask(slots, [
    ...times(8, ["a", "hanging 80"] as const),
    ...times(4, ["b", "good 80"] as const),
  ]);
  await setImmediate();
  assert.equal(entered.filter((one) => one === "b good 80").length, 4);
});

test("of those who wait, the account with the fewest connections comes first", async () => {
  const slots = createDownloadSlots({ ...LIMITS, maxConcurrent: 3 });
  const { entered, open } = ask(slots, [
    ["greedy", "1 80"],
    ["greedy", "2 80"],
    ["greedy", "3 80"],
    ["greedy", "4 80"],
    ["greedy", "5 80"],
    ["late", "6 80"],
  ]);
  await setImmediate();
  assert.equal(entered.length, 3);
  open.shift()!.giveBack();
  await setImmediate();
  assert.equal(entered.at(-1), "late 6 80");
  open.shift()!.giveBack();
  await setImmediate();
  assert.equal(entered.at(-1), "greedy 4 80");
});

test("a wait ends in time, and one that was given up takes nobody's place", async () => {
  const slots = createDownloadSlots({ ...LIMITS, maxPerAccount: 1, maxWaitMs: 30 });
  const giveBack = await slots.admit("a", never);
  await assert.rejects(slots.admit("a", never), {
    reason: "overloaded",
    details: { bound: "downloads", maxWaitMs: 30 },
  });
  const leaving = new AbortController();
  const gone = slots.admit("a", leaving.signal);
  leaving.abort();
  await assert.rejects(gone, { reason: "cancelled" });
  await assert.rejects(slots.admit("a", AbortSignal.abort()), { reason: "cancelled" });
  giveBack();
  (await slots.admit("a", never))();
  await slots.admit("a", never);
});
