import { readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { orderBody } from "../bodies.ts";
import { BUSY, OK, type PreparedBody } from "../caller.ts";
import { atLeast, atMost, type Finding, holds } from "../finding.ts";
import { quantile, tally } from "../open-loop.ts";
import { callerOf, offer, type Rig, SMALL_BODY, strange } from "../rig.ts";
import { isAlive, residentMiB, startRigServer, WORKERS, waitUntil } from "../rig-server.ts";
import { TARGETS } from "../targets.ts";

const KILLS = 20;

/** F-01: workers are killed in the middle of their jobs. */
export async function checkKilledWorkers(rig: Rig): Promise<readonly Finding[]> {
  await using server = await startRigServer();
  using caller = callerOf(server);
  await caller.call(SMALL_BODY);
  const seconds = Math.max(rig.seconds, KILLS);
  const backMs: number[] = [];
  const killing = (async () => {
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep((seconds * 900) / KILLS);
      const victim = server.workerPids()[kill % WORKERS];
      if (victim === undefined) continue;
      process.kill(victim, "SIGKILL");
      backMs.push(await waitUntil(() => isReplaced(server.workerPids(), victim), 5_000));
    }
  })();
  // Bytes of its own for each call: an input under which two workers died is refused from then on.
  const makeBody = (): PreparedBody => orderBody("busy:100", { bytes: 2_000 });
  const load = offer(rig, caller, { times: 0.6, seconds, makeBody });
  const [samples] = await Promise.all([load, killing]);
  const { workers } = await server.figures();
  const drafts = await readdir(path.join(server.dataDir, "results/drafts"));
  return [
    atMost("F-01", `calls lost over ${KILLS} kills (${tally(samples)})`, strange(samples).length, {
      limit: 0,
      unit: "",
    }),
    atLeast("F-01", "workers that died", workers.crashed ?? 0, {
      limit: KILLS * TARGETS["F-01"].deathsShare,
      unit: "",
    }),
    atMost("F-01", "median time until the place is filled again", quantile(backMs, 0.5) / 1000, {
      limit: TARGETS["F-01"].backSeconds,
      unit: "s",
    }),
    atMost("F-01", "half-written files left", drafts.length, { limit: 0, unit: "" }),
  ];
}

function isReplaced(pids: readonly number[], victim: number): boolean {
  return !pids.includes(victim) && pids.length === WORKERS;
}

/** F-02: an input that kills whoever works on it. */
export async function checkPoison(): Promise<readonly Finding[]> {
  await using server = await startRigServer();
  using caller = callerOf(server);
  await caller.call(SMALL_BODY);
  const poison = orderBody("crash");
  const deaths = async (): Promise<number> => (await server.figures()).workers.crashed ?? 0;
  const first = await caller.call(poison);
  const [afterFirst, startedMs] = [await deaths(), performance.now()];
  const second = await caller.call(poison);
  const tookMs = performance.now() - startedMs;
  const afterSecond = await deaths();
  await waitUntil(async () => (await server.figures()).workers.idle === WORKERS, 10_000);
  const other = await caller.call(SMALL_BODY);
  return [
    atMost("F-02", "workers that one input kills", afterFirst, {
      limit: TARGETS["F-02"].deaths,
      unit: "",
    }),
    holds(
      "F-02",
      "its caller is told",
      ["FailedOperation.RpcFail", "FailedOperation.ImageDecodeFailed"].includes(first),
      first,
    ),
    atMost("F-02", "workers that the same input kills again", afterSecond - afterFirst, {
      limit: 0,
      unit: "",
    }),
    atMost("F-02", `the second answer (${second})`, tookMs / 1000, {
      limit: TARGETS["F-02"].refusalSeconds,
      unit: "s",
    }),
    holds("F-02", "others are served", other === OK, other),
  ];
}

/** F-04: every job leaves memory behind. */
export async function checkLeakingWorkers(): Promise<readonly Finding[]> {
  const { softLimitMiB, jobMiB, recycled } = TARGETS["F-04"];
  const settings = { FACELOOM_WORKER_MAX_RSS_BYTES: String(softLimitMiB * 2 ** 20) };
  await using server = await startRigServer({ settings });
  using caller = callerOf(server);
  await caller.call(SMALL_BODY);
  let mostMiB = 0;
  const watch = setInterval(() => {
    mostMiB = Math.max(mostMiB, ...server.workerPids().map(residentMiB));
  }, 20);
  const outcomes: { readonly outcome: string }[] = [];
  for (let i = 0; i < 12; i++) {
    outcomes.push({ outcome: await caller.call(orderBody(`leak:${jobMiB}`, { bytes: 2_000 })) });
  }
  clearInterval(watch);
  const { workers } = await server.figures();
  return [
    holds("F-04", "all calls are served", tally(outcomes) === `${OK} 12`, tally(outcomes)),
    atLeast("F-04", "workers replaced", workers.recycled ?? 0, { limit: recycled, unit: "" }),
    atMost("F-04", "workers that died", workers.crashed ?? 0, { limit: 0, unit: "" }),
    // What a job takes itself comes on top of the limit, beside what the process has for its own.
    atMost("F-04", `largest worker (limit ${softLimitMiB} MiB)`, mostMiB, {
      limit: softLimitMiB + 1.5 * jobMiB,
      unit: "MiB",
    }),
  ];
}

const DEADLINE_MS = 4_000;

/** F-03: a worker stands still in the middle of a job. */
export async function checkHungWorker(): Promise<readonly Finding[]> {
  const settings = {
    FACELOOM_WORKER_DEADLINE_MS: String(DEADLINE_MS),
    FACELOOM_DEADLINE_MS: "5000",
  };
  await using server = await startRigServer({ settings });
  using caller = callerOf(server);
  await caller.call(SMALL_BODY);
  const startedMs = performance.now();
  const calls = Array.from({ length: WORKERS }, () => caller.call(orderBody("busy:1200")));
  await sleep(500);
  const [stopped] = server.workerPids();
  process.kill(stopped!, "SIGSTOP");
  const outcomes = await Promise.all(calls);
  const tookMs = performance.now() - startedMs;
  const goneMs = await waitUntil(() => !isAlive(stopped!), 5_000);
  const backMs = await waitUntil(async () => {
    const { workers } = await server.figures();
    return workers.idle === WORKERS;
  }, 10_000);
  const next = await caller.call(SMALL_BODY);
  return [
    holds(
      "F-03",
      "the hung job's caller gets RequestTimeout, the other its result",
      outcomes.toSorted().join() === ["FailedOperation.RequestTimeout", OK].toSorted().join(),
      outcomes.join(", "),
    ),
    atMost("F-03", "answered after", tookMs / 1000, {
      limit: DEADLINE_MS / 1000 + TARGETS["F-03"].lateSeconds,
      unit: "s",
    }),
    atMost("F-03", "the hung process is gone after", goneMs / 1000, {
      limit: TARGETS["F-03"].goneSeconds,
      unit: "s",
    }),
    atMost("F-03", "all workers are back after", backMs / 1000, {
      limit: TARGETS["F-03"].backSeconds,
      unit: "s",
    }),
    holds("F-03", "the next call is served", next === OK || next === BUSY, next),
  ];
}
