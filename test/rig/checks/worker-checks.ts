import { readdir } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { orderBody } from "../bodies.ts";
import { BUSY, OK, type PreparedBody } from "../caller.ts";
import { atLeast, atMost, type Finding, holds } from "../finding.ts";
import { quantile, tally } from "../open-loop.ts";
import { callerOf, offer, type Rig, SMALL_BODY, strange } from "../rig.ts";
import { isAlive, startRigServer, WORKERS, waitUntil } from "../rig-server.ts";

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
    atLeast("F-01", "workers that died", workers.crashed ?? 0, { limit: KILLS * 0.8, unit: "" }),
    atMost("F-01", "median time until the place is filled again", quantile(backMs, 0.5) / 1000, {
      limit: 2,
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
    atMost("F-02", "workers that one input kills", afterFirst, { limit: 2, unit: "" }),
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
    atMost("F-02", `the second answer (${second})`, tookMs / 1000, { limit: 1, unit: "s" }),
    holds("F-02", "others are served", other === OK, other),
  ];
}

const DEADLINE_MS = 3_000;

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
  const calls = Array.from({ length: WORKERS }, () => caller.call(orderBody("busy:1500")));
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
    atMost("F-03", "answered after", tookMs / 1000, { limit: DEADLINE_MS / 1000 + 0.5, unit: "s" }),
    atMost("F-03", "the hung process is gone after", goneMs / 1000, { limit: 1, unit: "s" }),
    atMost("F-03", "all workers are back after", backMs / 1000, { limit: 3, unit: "s" }),
    holds("F-03", "the next call is served", next === OK || next === BUSY, next),
  ];
}
