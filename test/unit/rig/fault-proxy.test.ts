import assert from "node:assert/strict";
import test, { after, before } from "node:test";
import { type FaultProxy, startFaultProxy } from "../../rig/fault-proxy.ts";
import {
  type MisbehavingOrigin,
  ORIGIN_BODY,
  startMisbehavingOrigin,
} from "../../support/misbehaving-origin.ts";

let origin: MisbehavingOrigin;
let proxy: FaultProxy;
before(async () => {
  origin = await startMisbehavingOrigin();
  proxy = await startFaultProxy(origin.port);
});
after(async () => {
  await proxy[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

async function get(timeoutMs = 5_000): Promise<{ readonly bytes: number; readonly ms: number }> {
  const startedMs = performance.now();
  const response = await fetch(`http://127.0.0.1:${proxy.port}/good`, {
    headers: { connection: "close" },
    signal: AbortSignal.timeout(timeoutMs),
  });
  const { byteLength } = await response.arrayBuffer();
  return { bytes: byteLength, ms: performance.now() - startedMs };
}

test("without a fault everything passes", async () => {
  proxy.set({});
  assert.equal((await get()).bytes, ORIGIN_BODY.length);
  assert.ok(proxy.connections() > 0);
});

test("pieces are held up", async () => {
  proxy.set({ delayMs: 150 });
  const { bytes, ms } = await get();
  assert.equal(bytes, ORIGIN_BODY.length);
  assert.ok(ms >= 150, `${ms}`);
});

test("bytes come no faster than they are allowed to", async () => {
  proxy.set({ bytesPerSecond: 20_000 });
  const { bytes, ms } = await get();
  assert.equal(bytes, ORIGIN_BODY.length);
  assert.ok(ms >= 400, `${ms}`);
});

for (const cutBy of ["end", "reset"] as const) {
  test(`a connection is cut by ${cutBy} in the middle of the body`, async () => {
    proxy.set({ cutAfterBytes: 3_000, cutBy });
    await assert.rejects(get(), (error: Error) => error.name !== "TimeoutError");
  });
}

test("a half-open connection says nothing more and is not closed", async () => {
  proxy.set({ cutAfterBytes: 3_000, cutBy: "silence" });
  await assert.rejects(get(500), { name: "TimeoutError" });
});
