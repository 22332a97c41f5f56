import assert from "node:assert/strict";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { watchEventLoop } from "../../../src/telemetry/event-loop.ts";

test("a blocked event loop shows in the next reading and not in the one after", async () => {
  using watch = watchEventLoop();
  await sleep(30);
  const until = performance.now() + 200;
  while (performance.now() < until);
  await sleep(30);
  const blocked = watch.read();
  assert.ok(blocked.maxMs >= 150, `max was ${blocked.maxMs} ms`);
  assert.ok(blocked.p50Ms <= blocked.p99Ms && blocked.p99Ms <= blocked.maxMs);
  assert.ok(watch.read().maxMs < blocked.maxMs);
});
