// What calls leave behind (rows D-01 to D-05): marks in everything that a caller sends, looked for everywhere afterwards.
import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdir, readdir } from "node:fs/promises";
import path from "node:path";
import test, { type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { filesBelow, findPictures } from "../support/find-pictures.ts";
import { type RunningServer, startServer } from "../support/running-server.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";
import { startTraceCollector } from "../support/trace-collector.ts";
import { createCanaries } from "./canaries.ts";
import { makeMarkedCalls } from "./marked-calls.ts";
import { startPictureOrigin } from "./picture-trials.ts";
import { filesMade, sandboxOf, watchFiles } from "./sandbox.ts";

const CALLS = 120;
/** Random moments at which the server is killed; `KILLS=100` for all of the plan. */
const KILLS = Number(process.env.KILLS ?? 6);

/** Files that a server makes: stores, keys, results under way, and devices. */
const OWN_FILES: readonly RegExp[] = [
  /^DATA\/(?:materials\/)?(?:accounts|audit|signatures|materials)\.db(?:-wal|-shm|-journal)?$/,
  /^DATA\/(?:master\.key|admin-token\.sha256|result-link\.key(?:\.[0-9a-f]{16}\.part)?)$/,
  /^DATA\/listeners\.json(?:\.part)?$/,
  /^DATA\/results\/drafts\/[0-9a-f]{32}\.part$/,
  /^DATA\/results\/[0-9a-f]{2}\/[0-9a-f]{32}\.\d+\.(?:jpg|png)$/,
  /^DATA\/models\//,
  /^\/dev\/|^\/proc\/|^\/newroot\/|^\/oldroot|^pts\/ptmx$/,
];
const RESULT = /^results\/[0-9a-f]{2}\/[0-9a-f]{32}\.\d+\.(?:jpg|png)$/;

/** A folder for a server, and all that watches it there. */
async function prepare(t: TestContext) {
  const folder = await createTemporaryFolder();
  t.after(() => folder[Symbol.asyncDispose]());
  const [dataDir, tmpDir] = [path.join(folder.path, "data"), path.join(folder.path, "tmp")];
  await mkdir(dataDir, { mode: 0o700 });
  await mkdir(tmpDir);
  const traceFile = path.join(folder.path, "files.log");
  const [sandbox, watch] = [sandboxOf(dataDir, tmpDir), watchFiles(traceFile)];
  t.diagnostic(sandbox ? "with a read-only disk" : "bubblewrap is missing or may not: no sandbox");
  t.diagnostic(watch ? "every file is seen" : "strace is missing or may not: no second witness");
  const within = [...(watch ?? []), ...(sandbox ?? [])];
  return { dataDir, tmpDir, traceFile, within, isWatched: watch !== undefined };
}

const SETTINGS = {
  FACELOOM_DOWNLOAD_ALLOW_CIDRS: "127.0.0.1/32",
  FACELOOM_WORKERS: "2",
  FACELOOM_LOG_LEVEL: "debug",
  FACELOOM_DEADLINE_MS: "58000",
  FACELOOM_WORKER_DEADLINE_MS: "55000",
  FACELOOM_OPS_PORT: "0",
  FACELOOM_ADMIN_PORT: "0",
};

async function end(server: RunningServer, signal: NodeJS.Signals): Promise<void> {
  const exit = once(server.process, "exit");
  server.process.kill(signal);
  await exit;
}

/** Names the files that the server made and had no business to. */
async function strangeFiles(traceFile: string, dataDir: string): Promise<readonly string[]> {
  const names = (await filesMade(traceFile)).map((name) =>
    name === dataDir ? "DATA" : name.replace(`${dataDir}/`, "DATA/"),
  );
  assert.ok(names.includes("DATA/accounts.db"), "nothing was seen");
  return names.filter((name) => !OWN_FILES.some((pattern) => pattern.test(name)));
}

test("calls of all kinds leave nothing but the results that were asked for", async (t) => {
  const place = await prepare(t);
  const canaries = await createCanaries();
  await using origin = await startPictureOrigin();
  await using collector = await startTraceCollector();
  const output: string[] = [];
  const settings = { ...SETTINGS, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  const onOutput = (text: string) => output.push(text);
  await using server = await startServer(settings, { ...place, onOutput });
  const stored = await makeMarkedCalls({ server, origin, canaries }, CALLS);
  const metrics = await (await fetch(`${await server.opsAddress()}/metrics`)).text();
  await end(server, "SIGTERM");
  t.diagnostic(`${CALLS} calls, ${stored} results stored, ${collector.spans.length} spans`);
  assert.ok(stored > 0 && collector.spans.length > 0);
  assert.match(output.join(""), /Request answered/);

  const results: string[] = [];
  for await (const { name, bytes } of filesBelow(place.dataDir)) {
    const marks = [...canaries.forms, server.secretKey];
    if (RESULT.test(name)) {
      results.push(name);
      // A result may show the template's pixels; nothing else of it.
      marks.shift();
    }
    for (const mark of marks) assert.ok(!bytes.includes(mark), name);
  }
  assert.equal(results.length, stored);
  const pictures = await findPictures(place.dataDir);
  assert.deepEqual(
    pictures.filter((name) => !name.startsWith("results/")),
    [],
  );
  assert.deepEqual(
    (await readdir(place.tmpDir)).filter((name) => name !== firstPart(place)),
    [],
  );
  const told = {
    output: output.join(""),
    metrics,
    traces: JSON.stringify([collector.spans, collector.resource()]),
  };
  for (const [where, text] of Object.entries(told)) {
    const marks = [...canaries.forms, server.secretKey, "TC3-HMAC-SHA256 Credential", "token="];
    for (const mark of marks) assert.ok(!Buffer.from(text).includes(mark), where);
  }
  if (place.isWatched) assert.deepEqual(await strangeFiles(place.traceFile, place.dataDir), []);
});

/** Within the sandbox's /tmp lies the way to the data folder, when that is below /tmp itself. */
function firstPart({ dataDir }: { readonly dataDir: string }): string {
  return path.relative("/tmp", dataDir).split(path.sep)[0]!;
}

test("a server that is killed at any moment leaves nothing of its callers either", async (t) => {
  const place = await prepare(t);
  const canaries = await createCanaries();
  await using origin = await startPictureOrigin();
  let key: { readonly secretId: string; readonly secretKey: string } | undefined;
  let drafts = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const server = await startServer(SETTINGS, { ...place, ...(key && { key }) });
    key = { secretId: server.secretId, secretKey: server.secretKey };
    assert.deepEqual(await readdir(path.join(place.dataDir, "results/drafts")), []);
    const calls = makeMarkedCalls({ server, origin, canaries }, 36);
    await sleep(Math.random() * 1_500);
    await end(server, "SIGKILL");
    await calls;
    for await (const { name, bytes } of filesBelow(place.dataDir)) {
      const isResult = RESULT.test(name) || /^results\/drafts\/[0-9a-f]{32}\.part$/.test(name);
      if (name.endsWith(".part")) drafts += 1;
      const marks = isResult ? canaries.forms.slice(1) : canaries.forms;
      for (const mark of marks) assert.ok(!bytes.includes(mark), `${name} after kill ${kill}`);
    }
    if (place.isWatched) assert.deepEqual(await strangeFiles(place.traceFile, place.dataDir), []);
  }
  t.diagnostic(`${KILLS} kills, ${drafts} half-written results, each gone with the next start`);
  await using server = await startServer(SETTINGS, { ...place, ...(key && { key }) });
  assert.deepEqual(await readdir(path.join(place.dataDir, "results/drafts")), []);
  await end(server, "SIGTERM");
});
