import assert from "node:assert/strict";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { runSteps, type Step, type StepWatch } from "../../../src/fusion/step.ts";

interface Work {
  readonly done: string[];
}

function aStep(name: string, more: Partial<Step<Work>> = {}): Step<Work> {
  return { name, describe: "Notes its name.", run: (work) => void work.done.push(name), ...more };
}

function aWatch(): StepWatch & { readonly seen: string[] } {
  const seen: string[] = [];
  return { seen, onStep: (name) => seen.push(name), stepMs: {} };
}

test("steps run one after the other, each awaited", async () => {
  const slow = aStep("slow", {
    async run(work) {
      await sleep(5);
      work.done.push("slow");
    },
  });
  const work = { done: [] };
  const watch = aWatch();
  await runSteps([aStep("a"), slow, aStep("b")], work, watch);
  assert.deepEqual(work.done, ["a", "slow", "b"]);
  assert.deepEqual(watch.seen, ["a", "slow", "b"]);
  assert.deepEqual(Object.keys(watch.stepMs), ["a", "slow", "b"]);
  assert.ok(watch.stepMs.slow! >= 4);
});

test("a step that is not needed is neither run, nor told, nor timed", async () => {
  const work = { done: [] };
  const watch = aWatch();
  const steps = [aStep("a", { isNeeded: () => false }), aStep("b", { isNeeded: () => true })];
  await runSteps(steps, work, watch);
  assert.deepEqual(work.done, ["b"]);
  assert.deepEqual(watch.seen, ["b"]);
  assert.deepEqual(Object.keys(watch.stepMs), ["b"]);
});

test("whether a step is needed is asked when its turn comes", async () => {
  const work = { done: [] as string[] };
  const second = aStep("second", { isNeeded: (w) => w.done.includes("first") });
  await runSteps([aStep("first"), second], work, aWatch());
  assert.deepEqual(work.done, ["first", "second"]);
});

test("the times of a step that runs for several faces add up", async () => {
  const stepMs = { a: 1000 };
  await runSteps([aStep("a")], { done: [] }, { stepMs });
  assert.ok(stepMs.a >= 1000 && stepMs.a < 2000);
});

test("a step that fails stops the run with its error", async () => {
  const work = { done: [] };
  const failing = aStep("b", {
    run: () => Promise.reject(new RangeError("no room")),
  });
  await assert.rejects(runSteps([aStep("a"), failing, aStep("c")], work, aWatch()), /no room/);
  assert.deepEqual(work.done, ["a"]);
});
