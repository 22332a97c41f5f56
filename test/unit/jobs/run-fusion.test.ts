import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import test, { after, before } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../../../src/base/app-error.ts";
import { DOWNLOAD_SETTINGS } from "../../../src/download/config.ts";
import { createDownloader } from "../../../src/download/fetch-image.ts";
import { DEFAULT_FUSION_OPTIONS } from "../../../src/fusion/fusion-options.ts";
import { JOBS_SETTINGS, type JobsConfig } from "../../../src/jobs/config.ts";
import {
  createFusionRunner,
  type FusionJob,
  type FusionRunner,
  type PictureSource,
} from "../../../src/jobs/run-fusion.ts";
import { STORAGE_SETTINGS } from "../../../src/storage/config.ts";
import { createLocalStorage } from "../../../src/storage/local/local-storage.ts";
import { createMemoryStorage } from "../../../src/storage/memory/memory-storage.ts";
import { createWorkerPool, type WorkerPool } from "../../../src/workers/pool.ts";
import { defaultsOf } from "../../support/default-settings.ts";
import { greyPng } from "../../support/header-pictures.ts";
import { AN_ORIGIN, RESULT_LABELS } from "../../support/result-origin.ts";
import { textOf } from "../../support/result-text.ts";
import { createTemporaryFolder } from "../../support/temporary-folder.ts";

const never = new AbortController().signal;
const storage = createMemoryStorage(
  { ttlSeconds: 100, quotaBytes: 1e6 },
  { key: Buffer.alloc(32, 1), nowMs: () => 1e12 },
);

let pool: WorkerPool;
let server: Server;
/** Paths asked for, in order. */
const asked: string[] = [];

before(async () => {
  const config = {
    workers: 1,
    queueLength: 2,
    deadlineMs: 9_000,
    maxRssBytes: 2 ** 40,
    maxIdleRssBytes: 2 ** 40,
    maxJobsPerWorker: 99,
    maxAgeSeconds: 1e6,
    maxWaitMs: 60_000,
  };
  const logger = { info: () => undefined, warn: () => undefined };
  const engineModule = new URL("../../support/scripted-engine.ts", import.meta.url);
  pool = await createWorkerPool(config, { modelsDir: "none", logger, engineModule });
  server = createServer((request, response) => {
    asked.push(request.url ?? "");
    if (request.url === "/silent") return;
    if (request.url === "/missing") response.writeHead(404).end();
    else response.end(aTemplate(decodeURIComponent(request.url?.slice(1) ?? "")));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
after(async () => {
  await pool[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
});

function openRunner(change: Partial<JobsConfig> = {}): FusionRunner {
  const config = { ...defaultsOf(JOBS_SETTINGS), ...change };
  const downloads = { ...defaultsOf(DOWNLOAD_SETTINGS), allowCidrs: ["127.0.0.1/32"] };
  return createFusionRunner(config, {
    download: createDownloader(downloads),
    pool,
    storage,
    labels: RESULT_LABELS,
  });
}

/** A picture that tells the engine of the test what to do. */
function aTemplate(order: string, width = 80, height = 70): Buffer {
  return Buffer.concat([greyPng(width, height), Buffer.from(`|${order}`)]);
}

function bytes(picture: Uint8Array): PictureSource {
  return { kind: "bytes", bytes: picture };
}

function url(path: string): PictureSource {
  return { kind: "url", url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}` };
}

function aJob(change: Partial<FusionJob> = {}): FusionJob {
  const { label: _, ...options } = DEFAULT_FUSION_OPTIONS;
  return {
    requestId: "request-1",
    accountId: "account-a",
    template: bytes(aTemplate("busy:1")),
    merges: [{ user: bytes(greyPng(64, 64)) }],
    options,
    delivery: "base64",
    ...change,
  };
}

test("a fusion is delivered as base64 made in the worker, with its times", async () => {
  await using runner = openRunner();
  const answer = await runner.run(aJob(), never);
  assert.equal(answer.delivery, "base64");
  assert.equal(answer.base64.toString("latin1"), Buffer.from("done").toString("base64"));
  assert.deepEqual([answer.width, answer.height, answer.format], [4, 3, "jpeg"]);
  assert.deepEqual(Object.keys(answer.stepMs), ["download", "compute"]);
  assert.ok(answer.queueMs >= 0);
});

test("a fusion is delivered as a link to the stored picture", async () => {
  await using runner = openRunner();
  const answer = await runner.run(aJob({ delivery: "url" }), never);
  assert.equal(answer.delivery, "url");
  assert.equal(await textOf(await storage.open(answer.path)), "done");
  assert.ok("store" in answer.stepMs);
});

test("a full line turns a call away before its pictures are fetched, but not who has a claim to a place", async () => {
  await using runner = openRunner();
  const busy = bytes(aTemplate("busy:700"));
  const running = [1, 2, 3].map(() => runner.run(aJob({ template: busy }), never));
  while (pool.stats().queued < 2) await sleep(5);
  asked.length = 0;
  await assert.rejects(runner.run(aJob({ template: url("busy:1") }), never), {
    reason: "overloaded",
  });
  assert.deepEqual(asked, []);
  const other = runner.run(aJob({ template: url("busy:1"), accountId: "account-b" }), never);
  const ends = await Promise.allSettled([...running, other]);
  // Of the three the newest left in favour of the other account's.
  assert.deepEqual(
    ends.map(({ status }) => status),
    ["fulfilled", "fulfilled", "rejected", "fulfilled"],
  );
});

test("a link lives as long as the job says", async () => {
  await using runner = openRunner();
  const answer = await runner.run(aJob({ delivery: "url", lifetimeSeconds: 700 }), never);
  assert.equal(answer.delivery, "url");
  assert.equal((await storage.open(answer.path))?.expiresAtMs, 1e12 + 700_000);
});

test("bounds of an action hold for template and users, tighter than the engine's", async () => {
  await using runner = openRunner();
  const bounds = { sidesPx: { min: 64, max: 99 }, maxFileBytes: 10_000 };
  await runner.run(aJob({ bounds, merges: [{ user: bytes(greyPng(99, 64)) }] }), never);
  await assert.rejects(
    runner.run(aJob({ bounds, merges: [{ user: bytes(greyPng(100, 64)) }] }), never),
    { reason: "picture-too-large" },
  );
  await runner.run(aJob({ bounds, template: url("busy:1") }), never);
  await assert.rejects(
    runner.run(aJob({ bounds: { ...bounds, maxFileBytes: 20 }, template: url("busy:1") }), never),
    { reason: "picture-bytes-exceeded" },
  );
});

test("everything that was ordered reaches the engine", async () => {
  await using runner = openRunner();
  const rect = { x: 1, y: 2, width: 30, height: 40 };
  const user = greyPng(100, 90);
  const logo = greyPng(10, 5);
  const template = aTemplate("describe");
  const answer = await runner.run(
    aJob({
      template: bytes(template),
      merges: [
        { user: bytes(user), userFaceRect: rect },
        { user: bytes(user), templateFaceRect: rect },
      ],
      label: { image: bytes(logo), rect },
    }),
    never,
  );
  assert.equal(answer.delivery, "base64");
  const seen = JSON.parse(Buffer.from(answer.base64.toString(), "base64").toString());
  assert.deepEqual(seen, {
    template: template.length,
    merges: [
      { user: user.length, userFaceRect: rect },
      { user: user.length, templateFaceRect: rect },
    ],
    options: { ...DEFAULT_FUSION_OPTIONS, label: { image: logo.length, rect, language: "zh" } },
    origin: { ...AN_ORIGIN, produceId: "request-1" },
  });
});

test("a job without a label has none, an empty label is the default one", async () => {
  await using runner = openRunner();
  for (const label of [undefined, {}]) {
    const answer = await runner.run(aJob({ template: bytes(aTemplate("describe")), label }), never);
    assert.equal(answer.delivery, "base64");
    const seen = JSON.parse(Buffer.from(answer.base64.toString(), "base64").toString());
    assert.deepEqual(seen.options.label, label && { language: "zh" });
  }
});

test("pictures are fetched at the same time and each URL once", async () => {
  await using runner = openRunner();
  asked.length = 0;
  const users = ["a", "b", "a", "a"].map((path) => ({ user: url(path) }));
  await runner.run(
    aJob({ template: url("busy:1"), merges: users, label: { image: url("b") } }),
    never,
  );
  assert.deepEqual(asked.toSorted(), ["/a", "/b", "/busy:1"]);
});

test("one failed download fails the fusion at once and ends the others", async () => {
  await using runner = openRunner();
  const startedMs = performance.now();
  const run = runner.run(
    aJob({ template: url("silent"), merges: [{ user: url("missing") }] }),
    never,
  );
  await assert.rejects(run, { reason: "download-failed" });
  assert.ok(performance.now() - startedMs < 1000);
});

const BAD_PICTURES: readonly (readonly [string, Uint8Array, string])[] = [
  ["empty", Buffer.alloc(0), "picture-missing"],
  ["not a picture", Buffer.from("hello"), "picture-undecodable"],
  ["too small", greyPng(63, 64), "picture-too-small"],
  ["too large", greyPng(8001, 64, 0), "picture-too-large"],
];

for (const [what, picture, reason] of BAD_PICTURES) {
  test(`a picture that is ${what} is refused before any worker sees it, in every place`, async () => {
    await using runner = openRunner();
    const { jobsDone } = pool.stats();
    await assert.rejects(runner.run(aJob({ template: bytes(picture) }), never), { reason });
    await assert.rejects(runner.run(aJob({ merges: [{ user: bytes(picture) }] }), never), {
      reason,
    });
    if (reason !== "picture-too-small") {
      await assert.rejects(runner.run(aJob({ label: { image: bytes(picture) } }), never), {
        reason,
      });
    }
    assert.equal(pool.stats().jobsDone, jobsDone);
  });
}

test("what the engine refuses is told as it is", async () => {
  await using runner = openRunner();
  const run = runner.run(aJob({ template: bytes(aTemplate("refuse")) }), never);
  await assert.rejects(run, { reason: "face-not-found", message: "No face was found." });
});

test("the deadline covers downloads and work", async () => {
  await using runner = openRunner({ deadlineMs: 300 });
  const downloads = runner.run(aJob({ template: url("silent") }), never);
  const work = runner.run(aJob({ template: bytes(aTemplate("hang")) }), never);
  await Promise.all(
    [downloads, work].map((run) => assert.rejects(run, { reason: "deadline-exceeded" })),
  );
});

test("a caller that goes away ends the fusion and nothing is stored", async () => {
  await using runner = openRunner();
  for (const template of [url("silent"), bytes(aTemplate("hang"))]) {
    const caller = new AbortController();
    setTimeout(() => caller.abort(), 100);
    const run = runner.run(aJob({ template, delivery: "url" }), caller.signal);
    await assert.rejects(run, { reason: "cancelled" });
  }
});

test("more pixels than the budget are refused while others run, and let in alone", async () => {
  await using runner = openRunner({ maxPixelsInFlight: 80 * 70 + 64 * 64 });
  const first = runner.run(aJob({ template: bytes(aTemplate("busy:200")) }), never);
  await sleep(20);
  await assert.rejects(runner.run(aJob(), never), { reason: "overloaded" });
  await first;
  await runner.run(aJob({ template: bytes(aTemplate("busy:1", 200, 200)) }), never);
});

test("the same picture in several places counts once", async () => {
  await using runner = openRunner({ maxPixelsInFlight: 2 * (80 * 70 + 64 * 64) });
  const first = runner.run(aJob({ template: bytes(aTemplate("busy:100")) }), never);
  const user = { user: bytes(greyPng(64, 64)) };
  await sleep(20);
  await runner.run(aJob({ merges: [user, user, user] }), never);
  await first;
});

test("no more fusions are in progress than allowed", async () => {
  await using runner = openRunner({ maxInFlight: 1 });
  const first = runner.run(aJob({ template: bytes(aTemplate("busy:100")) }), never);
  await assert.rejects(runner.run(aJob(), never), { reason: "overloaded" });
  await first;
  await runner.run(aJob(), never);
});

test("closing waits for what runs and refuses what comes", async () => {
  const runner = openRunner();
  let isDone = false;
  const run = runner.run(aJob({ template: bytes(aTemplate("busy:200")) }), never).then(() => {
    isDone = true;
  });
  const closed = runner[Symbol.asyncDispose]();
  const late = await runner.run(aJob(), never).catch((error: unknown) => error);
  assert.ok(late instanceof AppError && late.reason === "overloaded");
  await closed;
  assert.ok(isDone);
  await run;
});

test("an answer that cannot be stored is an error, and base64 still works", async () => {
  const full = createMemoryStorage(
    { ttlSeconds: 1, quotaBytes: 0 },
    { key: Buffer.alloc(32), nowMs: Date.now },
  );
  const download = createDownloader(defaultsOf(DOWNLOAD_SETTINGS));
  await using runner = createFusionRunner(defaultsOf(JOBS_SETTINGS), {
    download,
    pool,
    storage: full,
    labels: RESULT_LABELS,
  });
  await assert.rejects(runner.run(aJob({ delivery: "url" }), never), {
    reason: "resources-exhausted",
  });
  assert.equal((await runner.run(aJob(), never)).delivery, "base64");
});

test("a fusion delivered as base64 leaves no file behind, one delivered as a link leaves one", async () => {
  await using folder = await createTemporaryFolder();
  const settings = { ...defaultsOf(STORAGE_SETTINGS), minFreeBytes: 0 };
  await using local = await createLocalStorage(settings, { dataDir: folder.path, nowMs: Date.now });
  const download = createDownloader(defaultsOf(DOWNLOAD_SETTINGS));
  await using runner = createFusionRunner(defaultsOf(JOBS_SETTINGS), {
    download,
    pool,
    storage: local,
    labels: RESULT_LABELS,
  });
  const countFiles = async () => {
    const entries = await readdir(folder.path, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).length;
  };
  const before = await countFiles();
  await runner.run(aJob(), never);
  await runner.run(aJob({ template: bytes(aTemplate("refuse")) }), never).catch(() => undefined);
  assert.equal(await countFiles(), before);
  await runner.run(aJob({ delivery: "url" }), never);
  assert.equal(await countFiles(), before + 1);
});

test("a follower hears of the steps of a fusion as they begin", async () => {
  await using runner = openRunner();
  const steps: string[] = [];
  await runner.run(aJob({ delivery: "url" }), never, (name) => steps.push(name));
  assert.deepEqual(steps, ["download", "queue", "compute", "store"]);
});

const ordered = (picture: PictureSource) => ({ picture, accountId: "account-a" });

test("the faces of a picture are listed by a worker, wherever the picture comes from", async () => {
  await using runner = openRunner();
  const picture = aTemplate("");
  const { faces } = await runner.detect(ordered(bytes(picture)), never);
  assert.equal(faces[0]?.box.width, picture.length);
  assert.equal((await runner.detect(ordered(url("some")), never)).faces.length, 1);
});

test("a listing of faces is refused as a fusion is", async () => {
  await using runner = openRunner({ maxPicturePixels: 5_000 });
  const tooLarge = runner.detect(ordered(bytes(greyPng(80, 70))), never);
  await assert.rejects(tooLarge, { reason: "picture-pixels-exceeded" });
  const undecodable = runner.detect(ordered(bytes(aTemplate("refuse", 64, 64))), never);
  await assert.rejects(undecodable, { reason: "picture-undecodable" });
  await assert.rejects(runner.detect(ordered(bytes(aTemplate("crash", 64, 64))), never), {
    reason: "worker-lost",
  });
});
