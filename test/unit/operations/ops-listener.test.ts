import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import test from "node:test";
import { OPERATIONS_SETTINGS } from "../../../src/operations/config.ts";
import { createHealth } from "../../../src/operations/health.ts";
import { startOpsListener } from "../../../src/operations/ops-listener.ts";
import { METRICS } from "../../../src/telemetry/metric-list.ts";
import { createMetrics } from "../../../src/telemetry/metrics.ts";
import { defaultsOf } from "../../support/default-settings.ts";

async function openListener() {
  const health = createHealth();
  const metrics = createMetrics();
  const versions = { version: "1.2.3", node: "v24" };
  const config = { ...defaultsOf(OPERATIONS_SETTINGS), port: 0 };
  const listener = await startOpsListener(config, { health, metrics, versions });
  const get = async (path: string, method = "GET") => {
    const response = await fetch(`${listener.address}${path}`, { method });
    return { status: response.status, text: await response.text(), headers: response.headers };
  };
  return {
    health,
    metrics,
    get,
    [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose](),
  };
}

test("a starting server is alive, not started and not ready", async () => {
  await using ops = await openListener();
  assert.equal((await ops.get("/livez")).status, 200);
  assert.equal((await ops.get("/startupz")).status, 503);
  const { status, text } = await ops.get("/readyz");
  assert.equal(status, 503);
  assert.deepEqual(JSON.parse(text).reasons, ["starting"]);
});

test("a serving server is ready until one of its parts has a reason against it", async () => {
  await using ops = await openListener();
  let reason: string | undefined;
  ops.health.addCheck(() => reason);
  ops.health.enter("serving");
  assert.equal((await ops.get("/startupz")).status, 200);
  assert.equal((await ops.get("/readyz")).status, 200);
  reason = "no worker is up";
  const { status, text } = await ops.get("/readyz");
  assert.equal(status, 503);
  assert.deepEqual(JSON.parse(text).reasons, ["no worker is up"]);
  assert.equal((await ops.get("/livez")).status, 200);
});

test("figures are shown to whoever may look here", async () => {
  await using ops = await openListener();
  assert.deepEqual(JSON.parse((await ops.get("/figures")).text), {});
  ops.health.showFigures(() => ({ workers: { idle: 2 } }));
  assert.deepEqual(JSON.parse((await ops.get("/figures")).text), { workers: { idle: 2 } });
});

test("a check that fails is a reason of its own, told without details", async () => {
  await using ops = await openListener();
  ops.health.addCheck(() => Promise.reject(new Error("secret path")));
  ops.health.enter("serving");
  assert.deepEqual(JSON.parse((await ops.get("/readyz")).text).reasons, ["a check failed"]);
});

test("a stopping server is started, alive and not ready", async () => {
  await using ops = await openListener();
  ops.health.enter("draining");
  assert.equal((await ops.get("/startupz")).status, 200);
  assert.equal((await ops.get("/livez")).status, 200);
  assert.deepEqual(JSON.parse((await ops.get("/readyz")).text).reasons, ["draining"]);
});

test("metrics are written in the text format, ours and those of the process", async () => {
  await using ops = await openListener();
  ops.metrics.count("requests", { action: "FuseFaceUltra", code: "OK" });
  ops.metrics.beforeWriting(() => ops.metrics.set("queueLength", {}, 3));
  const { text, headers } = await ops.get("/metrics");
  assert.match(headers.get("content-type") ?? "", /^text\/plain; version=0\.0\.4/);
  assert.match(text, /^faceloom_requests_total\{action="FuseFaceUltra",code="OK"\} 1$/m);
  assert.match(text, /^faceloom_queue_length 3$/m);
  assert.match(text, /^nodejs_eventloop_lag_p99_seconds /m);
  for (const { name } of Object.values(METRICS)) assert.ok(text.includes(`# TYPE ${name} `), name);
});

test("a gauge goes up and down", async () => {
  const metrics = createMetrics();
  for (const by of [1, 1, -1]) metrics.shift("requestsInProgress", by);
  assert.match((await metrics.write()).text, /^faceloom_requests_in_progress 1$/m);
});

test("a total kept elsewhere never makes a counter fall", async () => {
  const metrics = createMetrics();
  for (const total of [3, 5, 5, 2, 4]) metrics.countUpTo("jobs", {}, total);
  assert.match((await metrics.write()).text, /^faceloom_jobs_total 7$/m);
});

test("what promtool says of the metrics' names and types", {
  skip: spawnSync("promtool", ["--version"]).error && "promtool is not installed",
}, async () => {
  const { text } = await createMetrics().write();
  const ours = text.split("\n\n").filter((block) => block.includes("faceloom_"));
  const input = `${ours.join("\n")}\n`;
  const run = spawnSync("promtool", ["check", "metrics"], { input, encoding: "utf8" });
  assert.equal(run.status, 0, run.stdout + run.stderr);
});

test("versions are told; other paths and methods are refused; HEAD has no body", async () => {
  await using ops = await openListener();
  assert.deepEqual(JSON.parse((await ops.get("/version")).text), { version: "1.2.3", node: "v24" });
  assert.equal((await ops.get("/")).status, 404);
  assert.equal((await ops.get("/constructor")).status, 404);
  assert.equal((await ops.get("/metrics", "POST")).status, 405);
  assert.equal((await ops.get("/livez", "HEAD")).text, "");
});
