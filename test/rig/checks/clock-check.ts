import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { orderBody } from "../bodies.ts";
import { OK } from "../caller.ts";
import { atMost, type Finding, holds, leftOut } from "../finding.ts";
import { callerOf } from "../rig.ts";
import { type RigServer, startRigServer } from "../rig-server.ts";
import { TARGETS } from "../targets.ts";

/** Where Debian and Ubuntu have it. */
const LIBRARY = ["x86_64", "aarch64"]
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketime.so.1`)
  .find((file) => existsSync(file));
const HOUR = 3_600;
const DAY = 24 * HOUR;
const EXPIRED = "AuthFailure.SignatureExpire";
const TIMED_OUT = "FailedOperation.RequestTimeout";
const JOB_LIMIT_MS = 4_000;

/** A server whose wall clock the check sets. */
interface ClockedServer extends AsyncDisposable {
  readonly server: RigServer;
  /** Seconds ahead of the machine's clock. */
  setClock(aheadSeconds: number): Promise<void>;
}

/** F-13: the wall clock is wrong, and jumps. */
export async function checkClocks(): Promise<readonly Finding[]> {
  if (LIBRARY === undefined)
    return [leftOut("F-13", "clocks that jump", "libfaketime is not here")];
  await using clocked = await startClockedServer(LIBRARY, 0);
  const findings = [
    ...(await checkSignatures(clocked)),
    ...(await checkLinks(clocked)),
    ...(await checkTimers(clocked)),
  ];
  for (const day of ["2028-02-29T23:59:50Z", "2038-01-19T03:14:00Z", "2100-01-01T00:00:00Z"]) {
    findings.push(await checkDay(LIBRARY, day));
  }
  return findings;
}

async function startClockedServer(library: string, ahead: number): Promise<ClockedServer> {
  const folder = await mkdtemp(path.join(tmpdir(), "faceloom-clock-"));
  const file = path.join(folder, "clock");
  const setClock = async (aheadSeconds: number): Promise<void> => {
    await writeFile(file, `${aheadSeconds < 0 ? "" : "+"}${aheadSeconds}\n`);
  };
  await setClock(ahead);
  const settings = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    FAKETIME_DONT_RESET: "1",
    FACELOOM_WORKER_DEADLINE_MS: String(JOB_LIMIT_MS),
    FACELOOM_DEADLINE_MS: "6000",
  };
  const server = await startRigServer({ settings });
  return {
    server,
    setClock,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A short call by a client whose clock is so far ahead of the machine's. */
async function callAt(server: RigServer, skewSeconds: number, order = "busy:20"): Promise<string> {
  using caller = callerOf(server);
  return await caller.call(orderBody(order, { bytes: 2_000 }), { skewSeconds });
}

async function checkSignatures({ server, setClock }: ClockedServer): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const ahead of [360, -360]) {
    await setClock(ahead);
    const [wrong, right] = [await callAt(server, 0), await callAt(server, ahead)];
    const what = `with a clock that is ${ahead} s off, a signature counts by that clock`;
    findings.push(holds("F-13", what, wrong === EXPIRED && right === OK, `${wrong}, ${right}`));
  }
  await setClock(0);
  const back = await callAt(server, 0);
  return [...findings, holds("F-13", "set right again, calls are served", back === OK, back)];
}

/** Stores a result and returns its link. */
async function storeAt(server: RigServer, skewSeconds: number): Promise<string> {
  using caller = callerOf(server);
  let text = "";
  const body = orderBody("large:1000", { delivery: "url", bytes: 2_000 });
  await caller.call(body, {
    skewSeconds,
    onText: (given) => {
      text = given;
    },
  });
  return (JSON.parse(text) as { Response: { FusedImage: string } }).Response.FusedImage;
}

async function checkLinks({ server, setClock }: ClockedServer): Promise<readonly Finding[]> {
  const statusAt = async (link: string, ahead: number): Promise<number> => {
    await setClock(ahead);
    return (await fetch(link)).status;
  };
  const link = await storeAt(server, 0);
  const seen = [
    await statusAt(link, DAY - 30),
    await statusAt(link, DAY + 30),
    // Stepped back, the link has its time again: an expiry is a moment on the wall clock.
    await statusAt(link, -HOUR),
  ];
  await setClock(360);
  const late = await storeAt(server, 360);
  const stepped = [
    await statusAt(late, 0),
    await statusAt(late, DAY + 330),
    await statusAt(late, DAY + 420),
  ];
  await setClock(0);
  return [
    holds(
      "F-13",
      "a link ends after its day, by the wall clock",
      seen.join() === "200,403,200",
      seen.join(),
    ),
    holds(
      "F-13",
      "made under a clock 6 min ahead, it ends a day and 6 min after the step back",
      stepped.join() === "200,200,403",
      stepped.join(),
    ),
  ];
}

async function checkTimers({ server, setClock }: ClockedServer): Promise<readonly Finding[]> {
  const running = callAt(server, 0, "busy:1500");
  await sleep(500);
  await setClock(HOUR);
  const forward = await running;
  await setClock(0);
  const startedMs = performance.now();
  const hanging = callAt(server, 0, "hang");
  await sleep(500);
  await setClock(-HOUR);
  const backward = await hanging;
  const lateSeconds = (performance.now() - startedMs - JOB_LIMIT_MS) / 1000;
  await setClock(0);
  return [
    holds("F-13", "a step of an hour forward ends no running job", forward === OK, forward),
    holds("F-13", "a step back keeps no hanging job alive", backward === TIMED_OUT, backward),
    atMost("F-13", "it ends after its deadline by", lateSeconds, {
      limit: TARGETS["F-13"].lateSeconds,
      unit: "s",
    }),
  ];
}

async function checkDay(library: string, day: string): Promise<Finding> {
  const ahead = Math.round((Date.parse(day) - Date.now()) / 1000);
  await using clocked = await startClockedServer(library, ahead);
  // Ten seconds later it is another day, month, year or beyond 31 bits.
  const before = await callAt(clocked.server, ahead);
  await clocked.setClock(ahead + 20);
  const link = await storeAt(clocked.server, ahead + 20);
  const { status } = await fetch(link);
  return holds(
    "F-13",
    `a start at ${day} and the time after`,
    before === OK && status === 200,
    `${before}, ${status}`,
  );
}
