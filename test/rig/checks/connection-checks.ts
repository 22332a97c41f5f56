import { setTimeout as sleep } from "node:timers/promises";
import { orderBody } from "../bodies.ts";
import { OK, signedHeaders } from "../caller.ts";
import { atMost, type Finding, holds } from "../finding.ts";
import { onMachine } from "../machine.ts";
import { tally } from "../open-loop.ts";
import { openRaw, type RawConnection } from "../raw-connection.ts";
import { callerOf, offer, type Rig, SMALL_BODY, strange } from "../rig.ts";
import {
  openFiles,
  opsAddressOf,
  type RigServer,
  residentMiB,
  startRigServer,
  waitUntil,
} from "../rig-server.ts";
import { TARGETS } from "../targets.ts";

const SLOW_CLIENTS = 300;
const SLOW_READERS = 10;

/** L-09: callers that send their headers or bodies slowly, or do not read their answers, beside a load. */
export async function checkSlowCallers(rig: Rig): Promise<readonly Finding[]> {
  await using server = await startRigServer();
  using caller = callerOf(server);
  await caller.call(SMALL_BODY);
  const seconds = Math.max(rig.seconds, 10);
  const headers = many(SLOW_CLIENTS, () =>
    openRaw(server.address, { begin: "POST / HTTP/1.1\r\nHost: x\r\n", drip: "X-A: a\r\n" }),
  );
  const bodies = many(SLOW_CLIENTS, () =>
    openRaw(server.address, { begin: head(server, 1_000_000), drip: "a" }),
  );
  const [samples, headerMs, bodyMs] = await Promise.all([
    offer(rig, caller, { times: 0.6, seconds }),
    slowestAnswer(headers),
    slowestAnswer(bodies),
  ]);
  const lost = samples.filter((one) => !isOk(one)).length / samples.length;
  const readers = await checkSlowReaders(server);
  const { headerSeconds, bodySeconds, lostPercent } = TARGETS["L-09"];
  return [
    atMost("L-09", `${SLOW_CLIENTS} callers with slow headers are cut off after`, headerMs / 1000, {
      limit: headerSeconds,
      unit: "s",
    }),
    holds("L-09", "they are told 408", headers.every(isTimeout), endingOf(headers[0])),
    atMost("L-09", `${SLOW_CLIENTS} callers with slow bodies are answered after`, bodyMs / 1000, {
      limit: bodySeconds,
      unit: "s",
    }),
    holds("L-09", "they are told why", bodies.every(isTooSlow), endingOf(bodies[0])),
    atMost("L-09", `calls lost beside them (${tally(samples)})`, lost * 100, {
      limit: lostPercent,
      unit: "%",
    }),
    atMost("L-09", "answers of another kind", strange(samples).length, { limit: 0, unit: "" }),
    holds(
      "L-09",
      "all their connections are closed then",
      [...headers, ...bodies].every(isClosed),
      "",
    ),
    ...readers,
  ];
}

/** Large answers that nobody reads: what they hold has to come back. */
async function checkSlowReaders(server: RigServer): Promise<readonly Finding[]> {
  const pid = server.process.pid!;
  const before = openFiles(pid);
  const readers = many(SLOW_READERS, () => {
    const { bytes, sha256 } = orderBody("fill:15000000");
    const reader = openRaw(server.address, { begin: head(server, bytes.length, sha256) });
    reader.socket.write(bytes);
    reader.socket.pause();
    return reader;
  });
  await waitUntil(() => openFiles(pid) >= before + SLOW_READERS, 5_000);
  const cutMs = await waitUntil(() => openFiles(pid) < before + SLOW_READERS / 2, 60_000);
  for (const reader of readers) reader[Symbol.dispose]();
  using caller = callerOf(server);
  const next = await caller.call(SMALL_BODY);
  return [
    atMost("L-09", "callers that do not read 20 MB are cut off after", cutMs / 1000, {
      limit: TARGETS["L-09"].readerSeconds,
      unit: "s",
    }),
    holds("L-09", "they are cut off at all", cutMs < 59_000, ""),
    holds("L-09", "the next call is served", next === OK, next),
  ];
}

const IDLE = 3_000;
const IDLE_PER_BATCH = 60;
const BATCH_MS = 100;

/** L-10: thousands of connections that say nothing. */
export async function checkIdleFlood(rig: Rig): Promise<readonly Finding[]> {
  await using server = await startRigServer();
  using caller = callerOf(server);
  const pid = server.process.pid!;
  const ops = await opsAddressOf(server);
  for (let i = 0; i < 20; i++) await caller.call(SMALL_BODY);
  const [filesBefore, before] = [openFiles(pid), residentMiB(pid)];
  const sockets: RawConnection[] = [];
  const outcomes: { readonly outcome: string }[] = [];
  let [most, mostMiB, slowestMs] = [0, 0, 0];
  await rig.machine.read();
  while (sockets.length < IDLE) {
    sockets.push(...many(IDLE_PER_BATCH, () => openRaw(server.address)));
    const startedMs = performance.now();
    await (await fetch(`${ops}/livez`)).text();
    slowestMs = Math.max(slowestMs, performance.now() - startedMs);
    // Its connection was there before.
    if (sockets.length % 600 === 0) outcomes.push({ outcome: await caller.call(SMALL_BODY) });
    await sleep(BATCH_MS);
    most = Math.max(most, openFiles(pid) - filesBefore);
    mostMiB = Math.max(mostMiB, residentMiB(pid));
  }
  const machine = await rig.machine.read();
  const clearedMs = await waitUntil(() => openFiles(pid) <= filesBefore + 10, 30_000);
  for (const one of sockets) one[Symbol.dispose]();
  const { connections, moreMiB, probeMs } = TARGETS["L-10"];
  return [
    atMost("L-10", `connections kept of ${sockets.length}`, most, { limit: connections, unit: "" }),
    holds("L-10", "a caller that is connected is served", outcomes.every(isOk), tally(outcomes)),
    atMost("L-10", "slowest /livez", slowestMs, onMachine(probeMs, machine)),
    atMost("L-10", "more memory of the gateway", mostMiB - before, { limit: moreMiB, unit: "MiB" }),
    atMost("L-10", "idle connections are closed after", clearedMs / 1000, {
      limit: TARGETS["L-09"].headerSeconds,
      unit: "s",
    }),
    holds("L-10", "all of them", openFiles(pid) <= filesBefore + 10, ""),
  ];
}

const isOk = ({ outcome }: { readonly outcome: string }): boolean => outcome === OK;
const isTimeout = (one: RawConnection): boolean => one.text().startsWith("HTTP/1.1 408 ");
const isClosed = (one: RawConnection): boolean => one.socket.closed;
const isTooSlow = (one: RawConnection): boolean => one.text().includes("arrives too slowly");
const endingOf = (one?: RawConnection): string => one?.text().slice(-90).trim() ?? "";

function many<T>(count: number, make: () => T): readonly T[] {
  return Array.from({ length: count }, make);
}

/** When the last of them had its answer or was cut off, from its own beginning, ms. */
async function slowestAnswer(connections: readonly RawConnection[]): Promise<number> {
  return Math.max(...(await Promise.all(connections.map(({ answered }) => answered))));
}

/** The beginning of a signed call, up to the body. */
function head(server: RigServer, length: number, sha256 = "0".repeat(64)): string {
  const { host } = new URL(server.address);
  const body = { bytes: Buffer.alloc(0), sha256 };
  const headers = { ...signedHeaders(host, server.key, body), "Content-Length": length };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST / HTTP/1.1\r\nHost: ${host}\r\n${lines.join("")}\r\n`;
}
