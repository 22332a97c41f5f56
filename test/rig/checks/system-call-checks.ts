import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { orderBody } from "../bodies.ts";
import { BUSY, OK } from "../caller.ts";
import { atMost, type Finding, holds, leftOut } from "../finding.ts";
import { tally } from "../open-loop.ts";
import { callerOf, SMALL_BODY } from "../rig.ts";
import {
  isAlive,
  processorSeconds,
  type RigServer,
  startRigServer,
  waitUntil,
} from "../rig-server.ts";
import { TARGETS } from "../targets.ts";

/** What a caller may be told while the system refuses: documented codes, and nothing that is a bug's. */
const DOCUMENTED = [OK, BUSY, "ResourceInsufficient", "FailedOperation.RpcFail"];

/** What the kernel answers for a while, to whom. */
interface Refusal {
  readonly what: string;
  /** strace's expression. */
  readonly inject: string;
  readonly who: "gateway" | "workers";
  /** Whether calls that store nothing go well meanwhile. */
  readonly isBase64Served: boolean;
}

const REFUSALS: readonly Refusal[] = [
  {
    what: "no file can be opened (EMFILE)",
    inject: "openat:error=EMFILE",
    who: "gateway",
    isBase64Served: true,
  },
  {
    what: "the databases' disk is full (ENOSPC)",
    inject: "pwrite64:error=ENOSPC",
    who: "gateway",
    isBase64Served: false,
  },
  {
    what: "the databases' disk is broken (EIO)",
    inject: "pwrite64:error=EIO",
    who: "gateway",
    isBase64Served: false,
  },
  {
    what: "results cannot be moved into place (EIO)",
    inject: "rename:error=EIO",
    who: "gateway",
    isBase64Served: true,
  },
  {
    what: "workers get no memory (ENOMEM)",
    inject: "mmap:error=ENOMEM",
    who: "workers",
    isBase64Served: false,
  },
];

/** F-10: the kernel refuses what the server asks of it, and does it again. */
export async function checkRefusingSystem(): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const refusal of REFUSALS) findings.push(...(await checkRefusal(refusal)));
  return findings;
}

async function checkRefusal({
  what,
  inject,
  who,
  isBase64Served,
}: Refusal): Promise<readonly Finding[]> {
  await using server = await startRigServer();
  using caller = callerOf(server);
  const call = async (delivery: "base64" | "url"): Promise<{ readonly outcome: string }> => {
    return { outcome: await caller.call(orderBody("large:100000", { delivery, bytes: 2_000 })) };
  };
  await call("url");
  const pids = who === "gateway" ? [server.process.pid!] : server.workerPids();
  const tracer = await trace(pids, inject);
  if (tracer === undefined) return [leftOut("F-10", what, "strace may not watch processes here")];
  const asBase64 = [await call("base64"), await call("base64")];
  const asUrl = [await call("url"), await call("url")];
  await endTrace(tracer);
  const backMs = await waitUntil(async () => (await call("url")).outcome === OK, 20_000);
  const all = [...asBase64, ...asUrl];
  const isTold = all.every(({ outcome }) => DOCUMENTED.includes(outcome));
  const isServed = !isBase64Served || asBase64.every(({ outcome }) => outcome === OK);
  return [
    holds("F-10", what, isTold && isServed, `base64: ${tally(asBase64)}; url: ${tally(asUrl)}`),
    holds("F-10", "it lives on", isAlive(server.process.pid!), ""),
    holds("F-10", "calls are served when it is over", backMs < 19_000, ""),
    atMost("F-10", "after", backMs / 1000, { limit: TARGETS["F-10"].backSeconds, unit: "s" }),
  ];
}

/** Lets the kernel refuse a call of processes; undefined where nobody may. Ends with SIGINT. */
async function trace(pids: readonly number[], inject: string): Promise<ChildProcess | undefined> {
  const [name = ""] = inject.split(":");
  const options = ["-f", "-e", `trace=${name}`, "-e", `inject=${inject}`, "-o", "/dev/null"];
  const child = spawn("strace", [...options, ...pids.flatMap((pid) => ["-p", String(pid)])], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const isAttached = new Promise<boolean>((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", () => resolve(false));
    child.stderr!.on("data", (text: Buffer) => {
      if (/attached/.test(text.toString())) resolve(true);
    });
  });
  if (!(await isAttached)) return undefined;
  await sleep(300); // its other threads
  return child;
}

async function endTrace(tracer: ChildProcess): Promise<void> {
  // It has gone by itself when what it watched has.
  if (tracer.exitCode !== null || tracer.signalCode !== null) return;
  const gone = once(tracer, "exit");
  tracer.kill("SIGINT");
  await gone;
}

/** F-10: a process may have no more files open than it has. */
export async function checkNoFilesLeft(): Promise<readonly Finding[]> {
  await using server = await startRigServer();
  using caller = callerOf(server);
  await caller.call(SMALL_BODY);
  if (!limitFiles(server, 30)) return [leftOut("F-10", "no socket can be opened", "no prlimit")];
  const busyBefore = processorSeconds(server.process.pid!);
  const newcomers = Array.from({ length: 20 }, async () => {
    using other = callerOf(server);
    return await Promise.race([other.call(SMALL_BODY), sleep(2_000, "waits")]);
  });
  const kept = await caller.call(SMALL_BODY);
  await Promise.all(newcomers);
  await sleep(1_000);
  const busy = processorSeconds(server.process.pid!) - busyBefore;
  limitFiles(server, 4_096);
  const backMs = await waitUntil(async () => {
    using other = callerOf(server);
    return (await other.call(SMALL_BODY)) === OK;
  }, 10_000);
  return [
    holds(
      "F-10",
      "without a free descriptor a caller that is connected is served",
      kept === OK,
      kept,
    ),
    atMost("F-10", "processor time of the gateway meanwhile", busy, { limit: 2, unit: "s" }),
    holds("F-10", "newcomers are served when there are more", backMs < 9_000, ""),
  ];
}

function limitFiles(server: RigServer, files: number): boolean {
  const options = [`--pid=${server.process.pid}`, `--nofile=${files}:`];
  return spawnSync("prlimit", options).status === 0;
}
