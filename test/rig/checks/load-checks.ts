import { JOB_MS } from "../bodies.ts";
import { BUSY, OK } from "../caller.ts";
import { atLeast, atMost, type Finding, holds } from "../finding.ts";
import { onMachine } from "../machine.ts";
import { quantile, tally } from "../open-loop.ts";
import {
  type Capacity,
  callerOf,
  goodput,
  measureCapacity,
  offer,
  p99,
  type Rig,
  strange,
  USUAL_BODY,
} from "../rig.ts";
import { QUEUE, type RigServer, residentMiB, startRigServer, WORKERS } from "../rig-server.ts";
import { TARGETS } from "../targets.ts";

/** L-13 and L-01: a start, and what the server can do with nobody waiting. */
export async function checkBaseline(
  rig: Omit<Rig, "capacity">,
): Promise<{ readonly findings: readonly Finding[]; readonly capacity: Capacity }> {
  await using server = await startRigServer();
  using caller = callerOf(server);
  const first = await caller.call(USUAL_BODY);
  // The first calls of a process compile what the later ones use.
  await measureCapacity(caller, { callers: WORKERS, seconds: 2, body: USUAL_BODY });
  const load = { callers: WORKERS, seconds: rig.seconds, body: USUAL_BODY };
  await rig.machine.read();
  const { capacity, samples } = await measureCapacity(caller, load);
  const machine = await rig.machine.read();
  const { serviceMs, perSecond } = capacity;
  const overheads = samples.map(({ latencyMs }) => latencyMs - JOB_MS);
  const findings = [
    holds("L-13", "the first call after the ready line succeeds", first === OK, first),
    atMost("L-13", "start until ready, models built", server.readyMs / 1000, {
      limit: TARGETS["L-13"].startSeconds,
      unit: "s",
    }),
    atMost("L-01", `errors (capacity ${perSecond.toFixed(1)}/s)`, strange(samples, BUSY).length, {
      limit: 0,
      unit: "",
    }),
    atMost("L-01", "p99 at capacity", p99(samples, OK), {
      limit: TARGETS["L-01"].p99InS * serviceMs,
      unit: "ms",
    }),
    atMost(
      "L-01",
      "median time beside the engine's",
      quantile(overheads, 0.5),
      onMachine(TARGETS["L-01"].overheadMs, machine),
    ),
  ];
  return { findings, capacity };
}

/** L-02 to L-05: from four fifths of the capacity to five times of it, and back. */
export async function checkOverload(rig: Rig): Promise<readonly Finding[]> {
  await using server = await startRigServer();
  using caller = callerOf(server);
  await measureCapacity(caller, { callers: WORKERS, seconds: 2, body: USUAL_BODY });
  const usual = await offer(rig, caller, { times: 0.8 });
  const usualP99 = p99(usual, OK);
  const { perSecond, serviceMs } = rig.capacity;
  const rejected = usual.filter(({ outcome }) => outcome === BUSY).length / usual.length;
  const full = await offer(rig, caller, { times: 1 });
  const waitLimit = (QUEUE / WORKERS + 3) * serviceMs;
  return [
    atMost("L-02", "turned away at 0.8 C", rejected * 100, {
      limit: TARGETS["L-02"].refusedPercent,
      unit: "%",
    }),
    atMost("L-02", "p99 at 0.8 C", usualP99, {
      limit: TARGETS["L-02"].p99InS * serviceMs,
      unit: "ms",
    }),
    atMost("L-02", "answers that are neither", strange(usual).length, { limit: 0, unit: "" }),
    atLeast("L-03", "goodput at 1 C", goodput(full, rig.seconds), {
      limit: TARGETS["L-03"].goodputInC * perSecond,
      unit: "/s",
    }),
    atMost("L-03", "p99 of accepted calls at 1 C", p99(full, OK), { limit: waitLimit, unit: "ms" }),
    ...(await checkTwice(rig, server)),
    ...(await checkFiveTimes(rig, server, usualP99)),
  ];
}

async function checkTwice(rig: Rig, server: RigServer): Promise<readonly Finding[]> {
  using caller = callerOf(server);
  await rig.machine.read();
  const samples = await offer(rig, caller, { times: 2 });
  const machine = await rig.machine.read();
  return [
    atLeast("L-04", "goodput at 2 C", goodput(samples, rig.seconds), {
      limit: TARGETS["L-04"].goodputInC * rig.capacity.perSecond,
      unit: "/s",
    }),
    atMost(
      "L-04",
      "p99 of refusals at 2 C",
      p99(samples, BUSY),
      onMachine(TARGETS["L-04"].refusalP99Ms, machine),
    ),
    atMost("L-04", `other answers (${tally(samples)})`, strange(samples).length, {
      limit: 0,
      unit: "",
    }),
  ];
}

async function checkFiveTimes(
  rig: Rig,
  server: RigServer,
  usualP99: number,
): Promise<readonly Finding[]> {
  using caller = callerOf(server);
  await rig.machine.read();
  await server.figures();
  let slowestHealthMs = 0;
  const health = setInterval(async () => {
    const startedMs = performance.now();
    await fetch(`${server.address}/healthz`).then((answer) => answer.text());
    slowestHealthMs = Math.max(slowestHealthMs, performance.now() - startedMs);
  }, 500);
  const samples = await offer(rig, caller, { times: 5 });
  clearInterval(health);
  const { eventLoop } = await server.figures();
  const machine = await rig.machine.read();
  const rssMiB = residentMiB(server.process.pid!);
  const after = await offer(rig, caller, { times: 0.5, seconds: 8 });
  const slow = after.filter(({ latencyMs }) => latencyMs > usualP99).map(({ dueMs }) => dueMs);
  return [
    atLeast("L-05", "goodput at 5 C", goodput(samples, rig.seconds), {
      limit: TARGETS["L-05"].goodputInC * rig.capacity.perSecond,
      unit: "/s",
    }),
    atMost(
      "L-05",
      "p99 of refusals at 5 C",
      p99(samples, BUSY),
      onMachine(TARGETS["L-05"].refusalP99Ms, machine),
    ),
    atMost(
      "L-05",
      "p99 of the event loop's delay",
      eventLoop.p99Ms,
      onMachine(TARGETS["L-05"].loopP99Ms, machine),
    ),
    atMost(
      "L-05",
      "longest delay of the event loop",
      eventLoop.maxMs,
      onMachine(TARGETS["L-05"].loopMaxMs, machine),
    ),
    atMost(
      "L-05",
      "slowest /healthz",
      slowestHealthMs,
      onMachine(TARGETS["L-05"].healthMs, machine),
    ),
    atMost("L-05", "memory of the gateway", rssMiB, {
      limit: TARGETS["L-05"].gatewayMiB,
      unit: "MiB",
    }),
    atMost("L-05", `other answers (${tally(samples)})`, strange(samples).length, {
      limit: 0,
      unit: "",
    }),
    atMost("L-05", "back to the usual p99 after", Math.max(0, ...slow) / 1000, {
      limit: TARGETS["L-05"].recoverySeconds,
      unit: "s",
    }),
  ];
}
