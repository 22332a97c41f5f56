import { readdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { orderBody } from "../bodies.ts";
import type { Caller } from "../caller.ts";
import { atMost, type Finding } from "../finding.ts";
import { offerLoad, tally } from "../open-loop.ts";
import { callerOf, type Rig, SMALL_BODY } from "../rig.ts";
import { type RigServer, residentMiB, startRigServer } from "../rig-server.ts";

/** Memory at one moment of the soak. */
interface Reading {
  readonly minute: number;
  readonly gatewayMiB: number;
}

/** L-06: a mixed load for minutes, with bad inputs and callers that hang up. */
export async function checkSoak(rig: Rig, minutes: number): Promise<readonly Finding[]> {
  await using server = await startRigServer();
  using caller = callerOf(server);
  await caller.call(SMALL_BODY);
  const pid = server.process.pid!;
  const filesBefore = openFiles(pid);
  const readings: Reading[] = [];
  const startedMs = performance.now();
  const watch = setInterval(() => {
    const minute = (performance.now() - startedMs) / 60_000;
    readings.push({ minute, gatewayMiB: residentMiB(pid) });
  }, 2_000);
  const samples = await offerLoad({
    ratePerSecond: rig.capacity.perSecond * 0.7,
    seconds: minutes * 60,
    random: rig.random,
    send: createMixture(rig, caller),
  });
  clearInterval(watch);
  await sleep(8_000);
  const settled = readings.filter(({ minute }) => minute > Math.min(10, minutes / 2));
  const lost = samples.filter(({ outcome }) => outcome.startsWith("lost")).length;
  return [
    atMost("L-06", `lost in ${minutes} min (${tally(samples)})`, lost, { limit: 0, unit: "" }),
    atMost("L-06", "growth of the gateway's memory", slope(settled), { limit: 1, unit: "MiB/min" }),
    atMost("L-06", "more open files than before", openFiles(pid) - filesBefore, {
      limit: 5,
      unit: "",
    }),
    ...idleWorkers(server),
  ];
}

function createMixture(rig: Rig, caller: Caller): () => Promise<string> {
  // Each call has bytes of its own: else two workers that a slow machine lets miss their deadline put all calls into
  // quarantine.
  const small = () => orderBody("busy:100", { bytes: 20_000 });
  const large = () => orderBody("large:2000000", { bytes: 3_000_000 });
  const stored = () => orderBody("large:200000", { bytes: 20_000, delivery: "url" });
  const bad = () => orderBody("refuse", { bytes: 20_000 });
  return () => {
    const lot = rig.random();
    if (lot < 0.05) return caller.call(bad());
    if (lot < 0.1) return caller.call(small(), { signal: AbortSignal.timeout(50) });
    if (lot < 0.15) return caller.call(large());
    return caller.call(lot < 0.3 ? stored() : small());
  };
}

function idleWorkers(server: RigServer): readonly Finding[] {
  const largest = Math.max(...server.workerPids().map(residentMiB));
  return [atMost("L-06", "memory of an idle worker", largest, { limit: 150, unit: "MiB" })];
}

function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Least squares through the readings, MiB a minute. */
function slope(readings: readonly Reading[]): number {
  const count = readings.length;
  if (count < 2) return 0;
  const meanX = readings.reduce((sum, { minute }) => sum + minute, 0) / count;
  const meanY = readings.reduce((sum, { gatewayMiB }) => sum + gatewayMiB, 0) / count;
  const rise = readings.reduce(
    (sum, one) => sum + (one.minute - meanX) * (one.gatewayMiB - meanY),
    0,
  );
  const run = readings.reduce((sum, one) => sum + (one.minute - meanX) ** 2, 0);
  return rise / run;
}
