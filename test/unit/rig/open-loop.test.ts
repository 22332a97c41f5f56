import assert from "node:assert/strict";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { latenciesOf, offerLoad, quantile, tally } from "../../rig/open-loop.ts";
import { createRandom } from "../../support/random.ts";

test("calls come as a Poisson process does: as many as asked for, in gaps of every length", async () => {
  const samples = await offerLoad({
    ratePerSecond: 400,
    seconds: 2,
    random: createRandom(1),
    send: async () => "ok",
  });
  const gaps = samples.slice(1).map(({ dueMs }, i) => dueMs - samples[i]!.dueMs);
  const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
  // 800 of them: five standard deviations are 18 %.
  assert.ok(Math.abs(mean - 2.5) < 0.45, `${mean}`);
  assert.ok(Math.abs(gaps.filter((gap) => gap > 2.5).length / gaps.length - Math.exp(-1)) < 0.09);
});

test("a call that could not be sent in time has waited since it was due", async () => {
  let isFirst = true;
  const samples = await offerLoad({
    ratePerSecond: 100,
    seconds: 0.5,
    random: createRandom(2),
    async send() {
      // This process stands still: nothing is sent meanwhile.
      for (const endMs = performance.now() + 300; isFirst && performance.now() < endMs; );
      isFirst = false;
      return "ok";
    },
  });
  const slow = samples.filter(({ latencyMs }) => latencyMs > 100);
  assert.ok(slow.length >= 10, `${slow.length} of ${samples.length}`);
});

test("answers are not waited for before the next call is sent", async () => {
  let open = 0;
  let most = 0;
  await offerLoad({
    ratePerSecond: 100,
    seconds: 0.5,
    random: createRandom(3),
    async send() {
      open += 1;
      most = Math.max(most, open);
      await sleep(200);
      open -= 1;
      return "ok";
    },
  });
  assert.ok(most >= 8, `${most}`);
});

test("quantiles and counts", () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i);
  assert.deepEqual(
    [0, 0.5, 0.99, 1].map((share) => quantile(values, share)),
    [1, 50, 99, 100],
  );
  assert.equal(quantile([], 0.5), 0);
  const samples = ["ok", "busy", "ok"].map((outcome) => ({ outcome, dueMs: 0, latencyMs: 7 }));
  assert.equal(tally(samples), "ok 2, busy 1");
  assert.deepEqual(latenciesOf(samples, "busy"), [7]);
});
