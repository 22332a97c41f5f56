import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { AppError } from "../../../src/base/app-error.ts";
import { DEFAULT_FUSION_OPTIONS } from "../../../src/fusion/fusion-options.ts";
import { WORKER_SETTINGS, type WorkerConfig } from "../../../src/workers/config.ts";
import type { WorkerJob } from "../../../src/workers/messages.ts";
import {
  createWorkerPool,
  type WorkerPool,
  type WorkerPoolParts,
} from "../../../src/workers/pool.ts";
import { defaultsOf } from "../../support/default-settings.ts";
import { AN_ORIGIN } from "../../support/result-origin.ts";
import { createTemporaryFolder } from "../../support/temporary-folder.ts";

const ENGINE = new URL("../../support/scripted-engine.ts", import.meta.url);
const SILENT = { info: () => undefined, warn: () => undefined };

function openPool(
  change: Partial<WorkerConfig> = {},
  parts: Partial<WorkerPoolParts> = {},
): Promise<WorkerPool> {
  const config = {
    workers: 1,
    queueLength: 4,
    deadlineMs: 20_000,
    maxRssBytes: 2 ** 40,
    maxIdleRssBytes: 2 ** 40,
    maxJobsPerWorker: 1000,
    maxAgeSeconds: 1e6,
    maxWaitMs: 60_000,
    ...change,
  };
  return createWorkerPool(config, {
    modelsDir: "none",
    logger: SILENT,
    engineModule: ENGINE,
    ...parts,
  });
}

function aJob(order: string, encoding: WorkerJob["encoding"] = "bytes"): WorkerJob {
  return {
    request: {
      template: Buffer.from(order),
      merges: [],
      options: DEFAULT_FUSION_OPTIONS,
      origin: AN_ORIGIN,
    },
    encoding,
  };
}

async function textOf(pool: WorkerPool, order: string): Promise<string> {
  return Buffer.from((await pool.run(aJob(order))).image).toString();
}

async function waitUntil(isDone: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !isDone(); i++) await sleep(20);
  assert.ok(isDone());
}

test("a job is answered with what the engine made, its steps told on the way", async () => {
  await using pool = await openPool();
  const steps: string[] = [];
  const answer = await pool.run(aJob("busy:1"), { onStep: (name) => steps.push(name) });
  assert.equal(Buffer.from(answer.image).toString(), "done");
  assert.equal(answer.width, 4);
  assert.deepEqual(answer.stepMs, { compute: 1 });
  assert.ok(answer.queueMs >= 0);
  assert.deepEqual(steps, ["compute"]);
});

test("base64 is made in the worker", async () => {
  await using pool = await openPool();
  const answer = await pool.run(aJob("busy:1", "base64"));
  assert.equal(Buffer.from(answer.image).toString("latin1"), "ZG9uZQ==");
});

test("a large picture arrives whole", async () => {
  await using pool = await openPool();
  const { image } = await pool.run(aJob("large:5000000"));
  assert.equal(image.length, 5_000_000);
  assert.ok(Buffer.from(image).equals(Buffer.from(image.map((_, i) => i % 251))));
});

test("large pictures of a job arrive whole, each in its place", async () => {
  await using pool = await openPool();
  const template = Buffer.concat([randomBytes(3_500_000), Buffer.from("|digest")]);
  const users = [randomBytes(1024 ** 2), template, Buffer.from("small")];
  const merges = users.map((user) => ({ user }));
  const request = { template, merges, options: DEFAULT_FUSION_OPTIONS, origin: AN_ORIGIN };
  const { image } = await pool.run({ request, encoding: "bytes" });
  const digest = (bytes: Buffer): string => createHash("sha256").update(bytes).digest("hex");
  assert.equal(Buffer.from(image).toString(), [template, ...users].map(digest).join(" "));
});

test("an expected error keeps its reason, message and details on the way; the worker stays", async () => {
  await using pool = await openPool();
  const pid = await textOf(pool, "pid");
  const error = await pool.run(aJob("refuse")).catch((e: unknown) => e);
  assert.ok(error instanceof AppError);
  assert.equal(error.reason, "face-not-found");
  assert.equal(error.message, "No face was found.");
  assert.deepEqual(error.details, { role: "user" });
  assert.equal(await textOf(pool, "pid"), pid);
});

test("a bug keeps its stack, is not retried, and its worker is replaced", async () => {
  await using pool = await openPool();
  const pid = await textOf(pool, "pid");
  const error = await pool.run(aJob("bug")).catch((e: unknown) => e);
  assert.ok(error instanceof Error && !(error instanceof AppError));
  assert.match(error.stack ?? "", /scripted-engine/);
  assert.notEqual(await textOf(pool, "pid"), pid);
});

test("what does not fit into the queue is refused at once, what fits is done in order", async () => {
  await using pool = await openPool({ queueLength: 2 });
  const order: number[] = [];
  const run = (n: number) => pool.run(aJob("busy:100")).then(() => order.push(n));
  const accepted = [run(1), run(2), run(3)];
  const startedMs = performance.now();
  await assert.rejects(run(4), { reason: "overloaded" });
  assert.ok(performance.now() - startedMs < 50);
  assert.equal(pool.stats().queued, 2);
  await Promise.all(accepted);
  assert.deepEqual(order, [1, 2, 3]);
});

test("a job whose worker is killed is done by the next one", async () => {
  await using pool = await openPool({ workers: 1 });
  const pid = Number(await textOf(pool, "pid"));
  const job = textOf(pool, "busy:300");
  await sleep(100);
  process.kill(pid, "SIGKILL");
  assert.equal(await job, "done");
  assert.equal(pool.stats().crashed, 1);
});

test("a job that kills two workers is given up, the next job is not", async () => {
  await using pool = await openPool({ workers: 2 });
  await assert.rejects(pool.run(aJob("crash")), { reason: "worker-lost" });
  assert.equal(await textOf(pool, "busy:1"), "done");
  assert.equal(pool.stats().crashed, 2);
});

test("pictures that killed two workers are refused at once; other pictures are fused", async () => {
  await using pool = await openPool({ workers: 2 });
  await assert.rejects(pool.run(aJob("crash")), { reason: "worker-lost" });
  const { crashed } = pool.stats();
  const again = await pool.run(aJob("crash")).catch((error: unknown) => error);
  assert.ok(again instanceof AppError);
  assert.deepEqual([again.reason, again.details.bound], ["worker-lost", "quarantine"]);
  assert.equal(pool.stats().crashed, crashed);
  assert.equal(await textOf(pool, "busy:1"), "done");
});

test("pictures that hang a worker twice are refused at once, too", async () => {
  await using pool = await openPool({ deadlineMs: 500 });
  for (let i = 0; i < 2; i++) {
    await assert.rejects(pool.run(aJob("hang")), { reason: "deadline-exceeded" });
    await waitUntil(() => pool.stats().idle === 1);
  }
  await assert.rejects(pool.run(aJob("hang")), { reason: "worker-lost" });
});

test("a worker of a great age is replaced after its next job", async () => {
  await using pool = await openPool({ maxAgeSeconds: 0.001 });
  assert.notEqual(await textOf(pool, "pid"), await textOf(pool, "pid"));
});

test("a wait that would be too long is refused although the queue has room", async () => {
  await using pool = await openPool({ queueLength: 50, maxWaitMs: 700 });
  await pool.run(aJob("busy:200"));
  const outcomes = await Promise.allSettled(
    Array.from({ length: 10 }, () => pool.run(aJob("busy:200"))),
  );
  const refused = outcomes.filter((outcome) => outcome.status === "rejected");
  assert.ok(refused.length > 2 && refused.length < 9, `${refused.length} were refused`);
  for (const { reason } of refused) assert.equal(reason.details.bound, "wait");
});

test("a caller with few jobs is served beside one that floods the queue", async () => {
  await using pool = await openPool({ workers: 1, queueLength: 4 });
  const flood = Array.from({ length: 12 }, () =>
    pool.run(aJob("busy:50"), { caller: "many" }).catch((error: AppError) => error.reason),
  );
  await waitUntil(() => pool.stats().queued === 4);
  const few = await Promise.all([1, 2].map(() => pool.run(aJob("busy:50"), { caller: "few" })));
  assert.equal(few.length, 2);
  const answers = await Promise.all(flood);
  assert.equal(answers.filter((answer) => answer === "overloaded").length, 12 - 5 + 2);
});

test("an idle worker that dies is replaced", async () => {
  await using pool = await openPool();
  process.kill(Number(await textOf(pool, "pid")), "SIGKILL");
  assert.equal(await textOf(pool, "busy:1"), "done");
  await waitUntil(() => pool.stats().idle === 1);
});

test("a hanging job is killed at its deadline and the worker replaced", async () => {
  await using pool = await openPool({ deadlineMs: 500 });
  const startedMs = performance.now();
  await assert.rejects(pool.run(aJob("hang")), { reason: "deadline-exceeded" });
  assert.ok(performance.now() - startedMs < 1500);
  await waitUntil(() => pool.stats().idle === 1);
  assert.equal(pool.stats().killed, 1);
});

test("a stopped worker process is killed at the deadline, too", async () => {
  await using pool = await openPool({ deadlineMs: 500 });
  process.kill(Number(await textOf(pool, "pid")), "SIGSTOP");
  await assert.rejects(pool.run(aJob("busy:1")), { reason: "deadline-exceeded" });
  await waitUntil(() => pool.stats().idle === 1);
});

test("a queued job whose caller goes away never starts", async () => {
  await using pool = await openPool();
  const first = pool.run(aJob("busy:200"));
  const caller = new AbortController();
  const steps: string[] = [];
  const second = pool.run(aJob("busy:1"), { signal: caller.signal, onStep: (s) => steps.push(s) });
  const third = pool.run(aJob("busy:1"));
  caller.abort();
  await assert.rejects(second, { reason: "cancelled" });
  assert.equal(pool.stats().queued, 1);
  await Promise.all([first, third]);
  assert.deepEqual(steps, []);
  assert.equal(pool.stats().killed, 0);
});

test("a running job whose caller goes away is stopped within a second", async () => {
  await using pool = await openPool();
  const caller = new AbortController();
  const job = pool.run(aJob("hang"), { signal: caller.signal });
  await waitUntil(() => pool.stats().busy === 1);
  const startedMs = performance.now();
  caller.abort(new AppError("cancelled", "The caller hung up."));
  await assert.rejects(job, { reason: "cancelled", message: "The caller hung up." });
  assert.ok(performance.now() - startedMs < 1000);
  assert.equal(await textOf(pool, "busy:1"), "done");
});

test("a worker is replaced after its number of jobs", async () => {
  await using pool = await openPool({ maxJobsPerWorker: 2 });
  const pids = [];
  for (let i = 0; i < 4; i++) pids.push(await textOf(pool, "pid"));
  assert.equal(new Set(pids).size, 2);
  assert.equal(pool.stats().recycled, 2);
});

test("a worker that holds too much memory is replaced after the job", async () => {
  await using pool = await openPool({ maxRssBytes: 200 * 1024 ** 2 });
  const pid = await textOf(pool, "pid");
  assert.equal(await textOf(pool, "leak:200"), "leaked");
  assert.notEqual(await textOf(pool, "pid"), pid);
  assert.equal(pool.stats().recycled, 1);
});

test("an idle worker that holds too much memory is replaced without leaving a gap", async () => {
  await using pool = await openPool({ maxIdleRssBytes: 200 * 1024 ** 2 });
  const pid = await textOf(pool, "pid");
  assert.equal(await textOf(pool, "leak:200"), "leaked");
  assert.equal(await textOf(pool, "pid"), pid);
  let smallest = Infinity;
  await waitUntil(() => {
    const { idle, recycled } = pool.stats();
    smallest = Math.min(smallest, idle);
    return recycled === 1;
  });
  assert.equal(smallest, 1);
  await waitUntil(() => pool.stats().starting + pool.stats().idle === 1);
  assert.notEqual(await textOf(pool, "pid"), pid);
  await waitUntil(() => pool.stats().rssBytes < 200 * 1024 ** 2);
});

test("a worker whose successor cannot start keeps its place", async () => {
  await using folder = await createTemporaryFolder();
  const engine = path.join(folder.path, "engine.ts");
  await writeFile(engine, `export * from ${JSON.stringify(ENGINE.href)};`);
  await using pool = await openPool(
    { maxIdleRssBytes: 200 * 1024 ** 2 },
    { engineModule: pathToFileURL(engine) },
  );
  const pid = await textOf(pool, "pid");
  await rm(engine);
  const starts = () => pool.stats().starting;
  for (let round = 0; round < 2; round++) {
    await textOf(pool, "leak:200");
    await waitUntil(() => starts() === 1);
    await waitUntil(() => starts() === 0);
    assert.equal(await textOf(pool, "pid"), pid);
  }
  assert.equal(pool.stats().idle, 1);
  assert.equal(pool.stats().recycled, 0);
});

test("a worker that is to be replaced but has a job meanwhile finishes it", async () => {
  await using pool = await openPool({ maxIdleRssBytes: 200 * 1024 ** 2 });
  const pid = await textOf(pool, "pid");
  await textOf(pool, "leak:200");
  await waitUntil(() => pool.stats().starting === 1);
  const answers = await Promise.all([textOf(pool, "busy:700"), textOf(pool, "pid")]);
  assert.equal(answers[0], "done");
  await waitUntil(() => pool.stats().recycled === 1);
  assert.notEqual(await textOf(pool, "pid"), pid);
  assert.equal(pool.stats().idle, 1);
});

test("an idle worker of usual size stays, and its memory is known after its rest", async () => {
  await using pool = await openPool({ maxIdleRssBytes: 600 * 1024 ** 2 });
  const pid = await textOf(pool, "pid");
  await textOf(pool, "large:200000000");
  const { rssBytes } = pool.stats();
  await waitUntil(() => pool.stats().rssBytes < rssBytes - 150 * 1024 ** 2);
  assert.equal(await textOf(pool, "pid"), pid);
});

test("workers see no variable of the server that they do not need", async () => {
  const environment = {
    FACELOOM_SECRET: "s3cret",
    HTTPS_PROXY: "x",
    TZ: "Asia/Tokyo",
    LD_PRELOAD: undefined,
  };
  await using pool = await openPool({}, { environment });
  const seen: Record<string, string> = JSON.parse(await textOf(pool, "environment"));
  assert.equal(seen.TZ, "Asia/Tokyo");
  const expected = [
    "MALLOC_ARENA_MAX",
    "MALLOC_MMAP_THRESHOLD_",
    "MALLOC_TRIM_THRESHOLD_",
    "NODE_CHANNEL_FD",
    "NODE_CHANNEL_SERIALIZATION_MODE",
    "PATH",
    "PWD",
    "TZ",
  ];
  for (const name of Object.keys(seen))
    assert.ok([...expected, "_", "OLDPWD", "SHLVL", "NODE_V8_COVERAGE"].includes(name), name);
});

const mayUnshare = ["--net", "--map-current-user --net"].some(
  (flags) => spawnSync("unshare", [...flags.split(" "), "true"]).status === 0,
);

test("workers have no network where the machine allows it", {
  skip: !mayUnshare && "unshare --net is not allowed here",
}, async () => {
  await using pool = await openPool();
  const interfaces = [...(await textOf(pool, "network")).matchAll(/^ *([\w.-]+):/gm)];
  assert.deepEqual(
    interfaces.map(([, name]) => name),
    ["lo"],
  );
});

test("workers write no core dumps", {
  skip: process.platform !== "linux" && "reads /proc",
}, async () => {
  await using pool = await openPool();
  assert.match(await textOf(pool, "limits"), /Max core file size\s+0\s+0/);
});

test("a pool whose workers cannot start says why", async () => {
  await assert.rejects(openPool({}, { modelsDir: "broken" }), { reason: "model-unavailable" });
  await assert.rejects(openPool({}, { modelsDir: "exit" }), /exit code 3/);
});

test("closing ends running and waiting jobs and all processes", async () => {
  const pool = await openPool();
  const pid = Number(await textOf(pool, "pid"));
  const jobs = [pool.run(aJob("hang")), pool.run(aJob("busy:1"))];
  const answers = Promise.allSettled(jobs);
  await pool[Symbol.asyncDispose]();
  for (const answer of await answers) {
    assert.equal(answer.status === "rejected" && answer.reason.reason, "cancelled");
  }
  assert.throws(() => process.kill(pid, 0), { code: "ESRCH" });
  await assert.rejects(pool.run(aJob("busy:1")), { reason: "cancelled" });
});

test("workers end when the server is killed, even in the middle of a computation", {
  skip: process.platform !== "linux" && "needs PDEATHSIG",
}, async () => {
  const script = `
    import { createWorkerPool } from "./src/workers/pool.ts";
    const engineModule = new URL("./test/support/scripted-engine.ts", "file://" + process.cwd() + "/");
    const config = { workers: 1, queueLength: 1, deadlineMs: 60000, maxRssBytes: 1e12, maxIdleRssBytes: 1e12, maxJobsPerWorker: 9, maxAgeSeconds: 99, maxWaitMs: 9999 };
    const quiet = { info() {}, warn() {} };
    const pool = await createWorkerPool(config, { modelsDir: "none", logger: quiet, engineModule });
    const job = (order) => ({ encoding: "bytes", request: { template: Buffer.from(order), merges: [], options: {} } });
    console.log((await pool.run(job("pid"))).image.toString());
    pool.run(job("hang"));
    setTimeout(() => process.kill(process.pid, "SIGKILL"), 200);
  `;
  const server = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  server.stdout.on("data", (data) => {
    output += data;
  });
  await new Promise((resolve) => server.on("exit", resolve));
  const pid = Number(output);
  assert.ok(pid > 0);
  const isGone = () => {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  };
  await waitUntil(isGone);
});

test("the default settings fit the machine", () => {
  const config = defaultsOf(WORKER_SETTINGS);
  assert.ok(config.workers >= 1);
  assert.equal(config.queueLength, 4 * config.workers);
});
