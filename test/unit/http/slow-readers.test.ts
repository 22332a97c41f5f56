import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { watchSlowReaders } from "../../../src/http/slow-readers.ts";

const BYTES = 30_000_000;

/** A server whose answer is 30 MB, and a clock that is put on by hand. */
async function startLargeServer() {
  const clock = { nowMs: 0 };
  const readers = watchSlowReaders(() => clock.nowMs);
  const closed = Promise.withResolvers<boolean>();
  const server = createServer((_, response) => {
    response.once("close", () => closed.resolve(response.writableFinished));
    readers.watch(response, [Buffer.alloc(BYTES)]).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    clock,
    /** Whether the answer was sent whole, once its connection is done with it. */
    closed: closed.promise,
    [Symbol.dispose]() {
      readers[Symbol.dispose]();
      server.closeAllConnections();
      server.close();
    },
  };
}

test("a caller that takes nothing of its answer is cut off, but not before its time", async () => {
  using server = await startLargeServer();
  // It has the headers and reads nothing more.
  const message = request(server.url, () => undefined).end();
  message.on("error", () => undefined);
  await sleep(300);
  server.clock.nowMs = 19_000;
  const first = await Promise.race([server.closed, sleep(1_500, "still open")]);
  assert.equal(first, "still open");
  server.clock.nowMs = 20_001;
  assert.equal(await server.closed, false);
  message.destroy();
});

test("a caller that reads gets all of it", async () => {
  using server = await startLargeServer();
  const answer = await fetch(server.url);
  assert.equal((await answer.arrayBuffer()).byteLength, BYTES);
  assert.equal(await server.closed, true);
  server.clock.nowMs = 1e9;
  await sleep(1_200);
});
