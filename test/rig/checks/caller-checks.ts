import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { USUAL_TERMS } from "../../../src/accounts/account.ts";
import { generateKeyPair } from "../../../src/accounts/key-pair.ts";
import { createSqliteAccountBook } from "../../../src/accounts/sqlite/sqlite-account-book.ts";
import { orderBody } from "../bodies.ts";
import { createCaller, OK } from "../caller.ts";
import { atLeast, atMost, type Finding } from "../finding.ts";
import { onMachine } from "../machine.ts";
import { latenciesOf, offerLoad, quantile, tally } from "../open-loop.ts";
import { callerOf, offer, p99, type Rig, SMALL_BODY } from "../rig.ts";
import { isAlive, startRigServer, WORKERS, waitUntil } from "../rig-server.ts";
import { TARGETS } from "../targets.ts";

/** L-11: one account offers five times the capacity, another a fifth of it. */
export async function checkFairness(rig: Rig): Promise<readonly Finding[]> {
  await using server = await startRigServer();
  const pair = generateKeyPair();
  {
    await using book = await createSqliteAccountBook(server.dataDir);
    await book.addPair(await book.create("quiet", { ...USUAL_TERMS, rates: {} }), pair);
  }
  using loud = callerOf(server);
  using quiet = createCaller(server.address, pair);
  const offerQuiet = (): ReturnType<typeof offerLoad> =>
    offerLoad({
      ratePerSecond: rig.capacity.perSecond * 0.2,
      seconds: rig.seconds,
      random: rig.random,
      send: () => quiet.call(SMALL_BODY),
    });
  const alone = p99(await offerQuiet(), OK);
  await rig.machine.read();
  const [samples] = await Promise.all([offerQuiet(), offer(rig, loud, { times: 5 })]);
  const machine = await rig.machine.read();
  const accepted = latenciesOf(samples, OK).length / samples.length;
  return [
    atLeast("L-11", `of the quiet account's calls served (${tally(samples)})`, accepted * 100, {
      limit: TARGETS["L-11"].servedPercent,
      unit: "%",
    }),
    // A running job is not interrupted: one of them may stand in front of each of the quiet account's.
    atMost(
      "L-11",
      `their p99 (alone ${alone.toFixed(0)} ms)`,
      p99(samples, OK),
      onMachine(
        Math.round(TARGETS["L-11"].p99TimesAlone * Math.max(alone, 1.5 * rig.capacity.serviceMs)),
        machine,
      ),
    ),
  ];
}

/** L-12: half of the callers hang up. */
export async function checkHangUps(rig: Rig): Promise<readonly Finding[]> {
  await using server = await startRigServer();
  using caller = callerOf(server);
  await caller.call(SMALL_BODY);
  const before = (await server.figures()).workers;
  const samples = await offerLoad({
    ratePerSecond: rig.capacity.perSecond * 1.5,
    seconds: rig.seconds,
    random: rig.random,
    send: () => {
      const isPatient = rig.random() < 0.5;
      if (isPatient) return caller.call(SMALL_BODY);
      return caller.call(SMALL_BODY, {
        signal: AbortSignal.timeout(Math.round(rig.random() * 300)),
      });
    },
  });
  const after = (await server.figures()).workers;
  const done = (after.jobsDone ?? 0) - (before.jobsDone ?? 0);
  const answered = latenciesOf(samples, OK).length;
  // Workers whose callers went are being replaced.
  await waitUntil(async () => (await server.figures()).workers.idle === WORKERS, 10_000);
  const long = orderBody("busy:6000");
  const gone = new AbortController();
  const busyBefore = server.workerPids();
  const call = caller.call(long, { signal: gone.signal });
  await sleep(400);
  gone.abort();
  await call;
  const stopMs = await waitUntil(() => !busyBefore.every(isAlive), 5_000);
  return [
    // A job may end in the moment in which its caller goes.
    atMost(
      "L-12",
      `jobs done for nobody, of all (${tally(samples)})`,
      ((done - answered) / samples.length) * 100,
      { limit: TARGETS["L-12"].doneForNobodyPercent, unit: "%" },
    ),
    atMost("L-12", "a running job stops after its caller has gone", stopMs / 1000, {
      limit: TARGETS["L-12"].stopSeconds,
      unit: "s",
    }),
    atMost(
      "L-12",
      "answers of another kind",
      samples.filter(({ outcome }) => outcome.startsWith("lost")).length,
      { limit: 0, unit: "" },
    ),
  ];
}

/** L-14: the generator itself, against a server that stands still for a second of every six. */
export async function checkGenerator(rig: Rig): Promise<readonly Finding[]> {
  const startedMs = performance.now();
  const server = createServer(async (_, response) => {
    const inCycle = (performance.now() - startedMs) % 6_000;
    if (inCycle < 1_000) await sleep(1_000 - inCycle);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send = async (): Promise<string> => {
    await (await fetch(url)).text();
    return OK;
  };
  const samples = await offerLoad({ ratePerSecond: 50, seconds: 12, random: rig.random, send });
  server.closeAllConnections();
  server.close();
  return [
    atLeast(
      "L-14",
      "p99 that the generator reports",
      quantile(latenciesOf(samples, OK), 0.99) / 1000,
      {
        limit: TARGETS["L-14"].reportedSeconds,
        unit: "s",
      },
    ),
  ];
}
