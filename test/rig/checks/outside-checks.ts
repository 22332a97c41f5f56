import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { startMisbehavingOrigin } from "../../support/misbehaving-origin.ts";
import { orderBody } from "../bodies.ts";
import { OK } from "../caller.ts";
import { startFaultProxy } from "../fault-proxy.ts";
import { atLeast, atMost, type Finding, holds } from "../finding.ts";
import { onMachine } from "../machine.ts";
import { tally } from "../open-loop.ts";
import { callerOf, type Rig, SMALL_BODY } from "../rig.ts";
import { startRigServer, waitUntil } from "../rig-server.ts";
import { TARGETS } from "../targets.ts";

const DISK_FULL = "ResourceInsufficient";

/** F-09: the disk of the results is full. */
export async function checkFullDisk(): Promise<readonly Finding[]> {
  const dataDir = await mkdtemp(path.join(tmpdir(), "faceloom-rig-"));
  const results = path.join(dataDir, "results");
  await mkdir(results, { recursive: true });
  const isMounted = mountSmallDisk(results);
  const settings = isMounted ? {} : { FACELOOM_RESULT_QUOTA_BYTES: String(8 * 2 ** 20) };
  try {
    await using server = await startRigServer({ dataDir, settings });
    using caller = callerOf(server);
    const stored = orderBody("large:1000000", { delivery: "url" });
    const outcomes: { readonly outcome: string }[] = [];
    for (let i = 0; i < 12; i++) outcomes.push({ outcome: await caller.call(stored) });
    const asBase64 = await caller.call(orderBody("large:1000000"));
    const drafts = await readdir(path.join(results, "drafts"));
    await emptyFolder(results);
    const freedMs = await waitUntil(async () => (await caller.call(stored)) === OK, 10_000);
    const kinds = new Set(outcomes.map(({ outcome }) => outcome));
    return [
      holds(
        "F-09",
        `a full ${isMounted ? "file system" : "quota (no mount here)"} is told as ${DISK_FULL}`,
        [...kinds].toSorted().join() === [DISK_FULL, OK].join(),
        tally(outcomes),
      ),
      holds("F-09", "base64 answers still come", asBase64 === OK, asBase64),
      atMost("F-09", "half-written files", drafts.length, { limit: 0, unit: "" }),
      // A quota is counted anew by the sweep, which takes longer than this check.
      ...(isMounted
        ? [
            atMost("F-09", "served again after room is made", freedMs / 1000, {
              limit: TARGETS["F-09"].backSeconds,
              unit: "s",
            }),
          ]
        : []),
    ];
  } finally {
    if (isMounted) execFileSync("umount", ["-l", results]);
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Only root may mount; elsewhere the quota stands in. */
function mountSmallDisk(folder: string): boolean {
  try {
    const options = ["-t", "tmpfs", "-o", "size=8m,mode=0700", "tmpfs", folder];
    execFileSync("mount", options, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

async function emptyFolder(results: string): Promise<void> {
  for (const shard of await readdir(results)) {
    if (shard === "drafts") continue;
    for (const file of await readdir(path.join(results, shard))) {
      await rm(path.join(results, shard, file));
    }
  }
}

/** Ways in which an origin fails; each must look the same to the caller. */
const MODES = [
  "silent",
  "header-drip",
  "body-drip",
  "body-stalls",
  "cut",
  "cut-chunked",
  "gzip",
  "garbage",
  "big-headers",
  "informational-flood",
  "loop",
  "no-location",
  "status/206",
  "status/304",
  "status/404",
  "status/500",
] as const;
const DOWNLOAD_FAILED = "FailedOperation.ImageDownloadError";

/** Ways in which an origin sends more than a picture may have, which is told as such. */
const TOO_LARGE_MODES = ["endless", "announces-too-much"] as const;
const TOO_LARGE = "FailedOperation.ImageSizeExceed";

/** F-11: origins that misbehave, some behind a faulty network. */
export async function checkOrigins(): Promise<readonly Finding[]> {
  // All at once from one caller to one address: the bounds on that have tests of their own.
  await using server = await startRigServer({
    settings: {
      FACELOOM_DOWNLOAD_PER_ACCOUNT: "32",
      FACELOOM_DOWNLOAD_PER_DESTINATION: "32",
    },
  });
  await using origin = await startMisbehavingOrigin();
  await using reset = await startFaultProxy(origin.port);
  await using halfOpen = await startFaultProxy(origin.port);
  await using slow = await startFaultProxy(origin.port);
  reset.set({ cutAfterBytes: 300, cutBy: "reset" });
  halfOpen.set({ cutAfterBytes: 300, cutBy: "silence" });
  slow.set({ bytesPerSecond: 100 });
  using caller = callerOf(server);
  const urls = [
    ...MODES.map((mode) => `${origin.base}/${mode}`),
    ...[reset, halfOpen, slow].map(({ port }) => `http://127.0.0.1:${port}/good`),
    "http://127.0.0.1:1/refused",
  ];
  const startedMs = performance.now();
  const fetchAll = (all: readonly string[]) =>
    all.map(async (userUrl) => {
      const outcome = await caller.call(orderBody("busy:100", { userUrl }));
      return { userUrl, outcome, tookMs: performance.now() - startedMs };
    });
  const calls = fetchAll(urls);
  const large = fetchAll(TOO_LARGE_MODES.map((mode) => `${origin.base}/${mode}`));
  // While they hang, a call without a URL finds a worker.
  const besideStartedMs = performance.now();
  const beside = await caller.call(SMALL_BODY);
  const besideMs = performance.now() - besideStartedMs;
  const ended = await Promise.all(calls);
  const others = ended.filter(({ outcome }) => outcome !== DOWNLOAD_FAILED);
  const endless = await Promise.all(large);
  const closedMs = await waitUntil(() => origin.open() === 0, 5_000);
  return [
    holds(
      "F-11",
      `${urls.length} failing origins are all ${DOWNLOAD_FAILED}`,
      others.length === 0,
      others.map(({ userUrl, outcome }) => `${userUrl} ${outcome}`).join("; ") || "all",
    ),
    holds(
      "F-11",
      `more than a picture may have is ${TOO_LARGE}`,
      endless.every(({ outcome }) => outcome === TOO_LARGE),
      tally(endless),
    ),
    atMost(
      "F-11",
      "the last is answered after",
      Math.max(...ended.map((one) => one.tookMs)) / 1000,
      {
        limit: TARGETS["F-11"].lastSeconds,
        unit: "s",
      },
    ),
    atMost("F-11", "their connections are closed after", closedMs / 1000, {
      limit: TARGETS["F-11"].closedSeconds,
      unit: "s",
    }),
    holds("F-11", "a call beside them is served", beside === OK, beside),
    atMost("F-11", "in", besideMs / 1000, { limit: TARGETS["F-11"].besideSeconds, unit: "s" }),
  ];
}

/** F-20: nobody reads the log. */
export async function checkBlockedLog(rig: Rig): Promise<readonly Finding[]> {
  const settings = { FACELOOM_LOG_LEVEL: "debug" };
  await using server = await startRigServer({ isLogRead: false, settings });
  using caller = callerOf(server);
  await caller.call(SMALL_BODY);
  await server.figures();
  await rig.machine.read();
  // A pipe takes 64 KiB; a refused call writes about half a kilobyte.
  const bad = orderBody("refuse");
  const refused = await Promise.all(Array.from({ length: 20 }, () => flood(caller, bad)));
  const answers = refused.flat().map((outcome) => ({ outcome }));
  const { eventLoop } = await server.figures();
  const machine = await rig.machine.read();
  const last = await caller.call(SMALL_BODY);
  const lost = answers.filter(({ outcome }) => outcome.startsWith("lost")).length;
  const { code } = await server.stop();
  return [
    atMost("F-20", `calls lost with a blocked log (${tally(answers)})`, lost, {
      limit: 0,
      unit: "",
    }),
    atLeast("F-20", "calls, each with its line", answers.length, {
      limit: TARGETS["F-20"].calls,
      unit: "",
    }),
    atMost(
      "F-20",
      "longest delay of the event loop",
      eventLoop.maxMs,
      onMachine(TARGETS["F-20"].loopMaxMs, machine),
    ),
    holds("F-20", "the next call is served", last === OK, last),
    holds("F-20", "it stops all the same", code === 0, `exit code ${code}`),
  ];
}

async function flood(
  caller: ReturnType<typeof callerOf>,
  body: ReturnType<typeof orderBody>,
): Promise<string[]> {
  const outcomes: string[] = [];
  for (let i = 0; i < 30; i++) outcomes.push(await caller.call(body));
  return outcomes;
}
