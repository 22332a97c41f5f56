import { setTimeout as sleep } from "node:timers/promises";
import { startMisbehavingOrigin } from "../../support/misbehaving-origin.ts";
import { orderBody } from "../bodies.ts";
import type { Caller } from "../caller.ts";
import { atMost, type Finding } from "../finding.ts";
import { offerLoad, quantile, tally } from "../open-loop.ts";
import { callerOf, type Rig, SMALL_BODY } from "../rig.ts";
import { openFiles, type RigServer, residentMiB, startRigServer } from "../rig-server.ts";
import { TARGETS } from "../targets.ts";

/** How long and how hard the server is used. */
export interface SoakLoad {
  readonly minutes: number;
  /** Calls a second; seven tenths of the capacity without it. */
  readonly ratePerSecond?: number | undefined;
  /** What a usual call computes, ms. */
  readonly jobMs?: number;
}

/** Memory at one moment of the soak. */
interface Reading {
  readonly minute: number;
  readonly gatewayMiB: number;
  readonly workersMiB: number;
}

/** Minutes in which a process finds its size. */
const SETTLING_MINUTES = 10;
const REST_MS = 60_000;

/** L-06: a mixed load for minutes, with bad inputs, failing downloads and callers that hang up. */
export async function checkSoak(rig: Rig, load: SoakLoad): Promise<readonly Finding[]> {
  const { minutes, ratePerSecond = rig.capacity.perSecond * 0.7, jobMs = 100 } = load;
  await using server = await startRigServer();
  await using origin = await startMisbehavingOrigin();
  using caller = callerOf(server);
  await caller.call(SMALL_BODY);
  const pid = server.process.pid!;
  const filesBefore = openFiles(pid);
  const readings: Reading[] = [];
  const startedMs = performance.now();
  const watch = setInterval(() => {
    const minute = (performance.now() - startedMs) / 60_000;
    readings.push({ minute, gatewayMiB: residentMiB(pid), workersMiB: workersMiB(server) });
  }, 2_000);
  const samples = await offerLoad({
    ratePerSecond,
    seconds: minutes * 60,
    random: rig.random,
    send: createMixture(rig, caller, { jobMs, origin: origin.base }),
  });
  clearInterval(watch);
  await sleep(Math.min(REST_MS, minutes * 3_000));
  for (const line of server.faults().slice(0, 5)) console.error(line);
  const { gateway, workers } = memoryOver(readings, minutes);
  const lost = samples.filter(({ outcome }) => outcome.startsWith("lost")).length;
  const isLong = minutes > 2 * SETTLING_MINUTES;
  const what = `lost in ${minutes} min at ${ratePerSecond.toFixed(1)}/s (${tally(samples)})`;
  return [
    atMost("L-06", what, lost, { limit: 0, unit: "" }),
    atMost("L-06", `growth of the gateway's memory (${gateway.range})`, gateway.slope, {
      limit: isLong
        ? TARGETS["L-06"].gatewayMiBPerMinute
        : TARGETS["L-06"].earlyGatewayMiBPerMinute,
      unit: "MiB/min",
    }),
    atMost("L-06", `growth of the workers' memory (${workers.range})`, workers.slope, {
      limit: isLong
        ? TARGETS["L-06"].workersMiBPerMinute
        : TARGETS["L-06"].earlyWorkersMiBPerMinute,
      unit: "MiB/min",
    }),
    atMost("L-06", "more open files than before", openFiles(pid) - filesBefore, {
      limit: TARGETS["L-06"].moreFiles,
      unit: "",
    }),
    atMost("L-06", "faults that the server told of", server.faults().length, {
      limit: 0,
      unit: "",
    }),
    ...idleWorkers(server),
  ];
}

function createMixture(
  rig: Rig,
  caller: Caller,
  { jobMs, origin }: { readonly jobMs: number; readonly origin: string },
): () => Promise<string> {
  // Each call has bytes of its own: else two workers that a slow machine lets miss their deadline put all calls into
  // quarantine.
  const small = () => orderBody(`busy:${jobMs}`, { bytes: 20_000 });
  const large = () => orderBody("large:2000000", { bytes: 3_000_000 });
  const stored = () => orderBody("large:200000", { bytes: 20_000, delivery: "url" });
  const bad = () => orderBody("refuse", { bytes: 20_000 });
  const fetched = (mode: string) =>
    orderBody(`busy:${jobMs}`, { bytes: 20_000, userUrl: `${origin}/${mode}` });
  return () => {
    const lot = rig.random();
    if (lot < 0.05) return caller.call(bad());
    if (lot < 0.1) return caller.call(small(), { signal: AbortSignal.timeout(50) });
    if (lot < 0.15) return caller.call(large());
    if (lot < 0.2) return caller.call(fetched(lot < 0.18 ? "cut" : "silent"));
    return caller.call(lot < 0.35 ? stored() : small());
  };
}

/** How memory went, once the processes had found their size. */
function memoryOver(
  readings: readonly Reading[],
  minutes: number,
): Readonly<Record<"gateway" | "workers", { readonly slope: number; readonly range: string }>> {
  const settled = readings.filter(({ minute }) => minute > Math.min(SETTLING_MINUTES, minutes / 2));
  const course = (of: (reading: Reading) => number) => {
    const values = settled.map(of);
    const [low, high] = [quantile(values, 0), quantile(values, 1)];
    const points = settled.map((reading) => ({ x: reading.minute, y: of(reading) }));
    return { slope: slopeOf(points), range: `${low.toFixed(0)} to ${high.toFixed(0)} MiB` };
  };
  return { gateway: course((one) => one.gatewayMiB), workers: course((one) => one.workersMiB) };
}

function workersMiB(server: RigServer): number {
  return server.workerPids().reduce((sum, pid) => sum + residentMiB(pid), 0);
}

function idleWorkers(server: RigServer): readonly Finding[] {
  const largest = Math.max(...server.workerPids().map(residentMiB));
  return [
    atMost("L-06", "memory of an idle worker", largest, {
      limit: TARGETS["L-06"].idleWorkerMiB,
      unit: "MiB",
    }),
  ];
}

/** Slope of the line of least squares; 0 through fewer than two points. */
function slopeOf(points: readonly { readonly x: number; readonly y: number }[]): number {
  const count = points.length;
  if (count < 2) return 0;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / count;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / count;
  const rise = points.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0);
  return rise / points.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0);
}
