import { setTimeout as sleep } from "node:timers/promises";
import { greyPng } from "../../support/header-pictures.ts";
import { startServer } from "../../support/running-server.ts";
import { orderBody } from "../bodies.ts";
import { BUSY, OK, prepareBody } from "../caller.ts";
import { atLeast, atMost, type Finding, holds } from "../finding.ts";
import { onMachine } from "../machine.ts";
import { offerLoad, tally } from "../open-loop.ts";
import { callerOf, type Rig } from "../rig.ts";
import { childrenOf, residentMiB, startRigServer } from "../rig-server.ts";
import { TARGETS } from "../targets.ts";

const SIDE_PX = 7999;
const HEAVY_CALLS = 8;

/** L-07: calls of seven pictures of 64 megapixels each, with the real engine. */
export async function checkHeavyCalls(): Promise<readonly Finding[]> {
  await using server = await startServer({ FACELOOM_WORKERS: "2", FACELOOM_DEADLINE_MS: "60000" });
  using caller = callerOf({ address: server.url, key: server });
  const picture = greyPng(SIDE_PX, SIDE_PX).toString("base64");
  // Pictures of equal bytes are decoded once: each gets bytes of its own behind its end.
  const own = (number: number): string =>
    Buffer.concat([Buffer.from(picture, "base64"), Buffer.from([number])]).toString("base64");
  const body = prepareBody({
    RspImgType: "base64",
    ModelImage: own(0),
    MergeInfos: [1, 2, 3, 4, 5, 6].map((number) => ({ Image: own(number) })),
  });
  const small = prepareBody({
    RspImgType: "base64",
    ModelImage: greyPng(200, 200).toString("base64"),
    MergeInfos: [{ Image: greyPng(100, 100).toString("base64") }],
  });
  const pid = server.process.pid!;
  let peakMiB = 0;
  const watch = setInterval(() => {
    const all = [pid, ...childrenOf(pid)].reduce((sum, one) => sum + residentMiB(one), 0);
    peakMiB = Math.max(peakMiB, all);
  }, 100);
  const startedMs = performance.now();
  const refusedAfter: number[] = [];
  const heavy = Array.from({ length: HEAVY_CALLS }, async () => {
    const outcome = await caller.call(body);
    if (outcome === BUSY) refusedAfter.push(performance.now() - startedMs);
    return { outcome };
  });
  const isServed = (outcome: string): boolean => outcome === "FailedOperation.NoFaceDetected";
  const outcomes = await Promise.all(heavy);
  let smallOutcome = BUSY;
  for (let i = 0; i < 5 && smallOutcome === BUSY; i++) {
    smallOutcome = await caller.call(small);
    if (smallOutcome === BUSY) await sleep(1_000);
  }
  clearInterval(watch);
  const worked = outcomes.filter(({ outcome }) => isServed(outcome)).length;
  const others = outcomes.length - worked - refusedAfter.length;
  return [
    atMost("L-07", "memory of all processes at its highest", peakMiB, {
      limit: TARGETS["L-07"].allMiB,
      unit: "MiB",
    }),
    atMost("L-07", `answers that are no refusal and no result (${tally(outcomes)})`, others, {
      limit: 0,
      unit: "",
    }),
    atLeast("L-07", "heavy calls that were worked on", worked, {
      limit: TARGETS["L-07"].workedOn,
      unit: "",
    }),
    atMost("L-07", "refusals of the others after", Math.max(0, ...refusedAfter) / 1000, {
      limit: TARGETS["L-07"].refusalSeconds,
      unit: "s",
      note: " from the first byte",
    }),
    holds("L-07", "a small call is served then", isServed(smallOutcome), smallOutcome),
  ];
}

/** L-08: bodies of 19 MB and answers of 20 MB, four a second. */
export async function checkLargeBodies(rig: Rig): Promise<readonly Finding[]> {
  await using server = await startRigServer();
  using caller = callerOf(server);
  const body = orderBody("fill:15000000", { bytes: 7_300_000, userBytes: 7_300_000 });
  await caller.call(body);
  const seconds = Math.min(rig.seconds, 15);
  await server.figures();
  await rig.machine.read();
  const samples = await offerLoad({
    ratePerSecond: 4,
    seconds,
    random: rig.random,
    send: () => caller.call(body),
  });
  const { eventLoop } = await server.figures();
  const machine = await rig.machine.read();
  const good = samples.filter(({ outcome }) => outcome === OK).length;
  return [
    atLeast("L-08", `of large calls answered (${tally(samples)})`, (good / samples.length) * 100, {
      limit: TARGETS["L-08"].servedPercent,
      unit: "%",
    }),
    atMost(
      "L-08",
      "p99 of the event loop's delay",
      eventLoop.p99Ms,
      onMachine(TARGETS["L-08"].loopP99Ms, machine),
    ),
    atMost(
      "L-08",
      "longest delay of the event loop",
      eventLoop.maxMs,
      onMachine(TARGETS["L-08"].loopMaxMs, machine),
    ),
  ];
}
