import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { startServer } from "../support/running-server.ts";
import { callSigned } from "../support/signed-call.ts";
import { ROOT } from "../support/source-modules.ts";

/** Runs `faceloom healthcheck` as a container would. */
async function healthcheck(settings: Readonly<Record<string, string>>, ...args: string[]) {
  const run = spawn(
    process.execPath,
    [path.join(ROOT, "bin/faceloom.js"), "healthcheck", ...args],
    { env: { PATH: process.env.PATH, ...settings }, stdio: ["ignore", "ignore", "pipe"] },
  );
  const [errors, [code]] = await Promise.all([text(run.stderr), once(run, "exit")]);
  return { errors, code };
}

test("probes and metrics are on a port of their own and follow the server's calls", async () => {
  await using server = await startServer({ FACELOOM_WORKERS: "1" });
  const listeners = JSON.parse(await readFile(path.join(server.dataDir, "listeners.json"), "utf8"));
  assert.equal(listeners.api, server.url);
  assert.notEqual(listeners.ops, server.url);
  for (const probe of ["/livez", "/readyz", "/startupz", "/version"]) {
    assert.equal((await fetch(`${listeners.ops}${probe}`)).status, 200, probe);
  }
  // Of the callers' port none of it is to be had.
  const stranger = await fetch(`${server.url}/metrics`);
  assert.match(await stranger.text(), /"Error"/);

  const { code } = await callSigned(server, "FuseFaceUltra", {
    RspImgType: "base64",
    ModelImage: "AAAA",
    MergeInfos: [{ Image: "AAAA" }],
  });
  assert.equal(code, "FailedOperation.ImageDecodeFailed");
  // Together with the stranger above.
  await callSigned(server, "MadeUpAction", {});
  const metrics = await (await fetch(`${listeners.ops}/metrics`)).text();
  assert.match(
    metrics,
    /^faceloom_requests_total\{action="FuseFaceUltra",code="FailedOperation.ImageDecodeFailed"\} 1$/m,
  );
  assert.match(metrics, /^faceloom_requests_total\{action="other",code="InvalidAction"\} 2$/m);
  assert.match(metrics, /^faceloom_requests_in_progress 0$/m);
  assert.match(metrics, /^faceloom_workers\{state="idle"\} 1$/m);
  assert.match(metrics, /^faceloom_build_info\{version="[\d.]+",node="v24[^"]*"\} 1$/m);
  assert.doesNotMatch(metrics, /MadeUpAction|AKID/);

  const settings = { FACELOOM_DATA_DIR: server.dataDir };
  assert.deepEqual(await healthcheck(settings), { errors: "", code: 0 });
  assert.equal((await healthcheck(settings, "--ready")).code, 0);
});

test("a server writes no core dump, which would hold its callers' pictures", {
  skip: existsSync("/usr/bin/prlimit") ? false : "util-linux is not installed on this machine",
}, async () => {
  await using server = await startServer({ FACELOOM_WORKERS: "1" });
  const limits = await readFile(`/proc/${server.process.pid}/limits`, "utf8");
  assert.match(limits, /^Max core file size +0 +0 /m);
});

test("the healthcheck of a server that is not there fails in one line", async () => {
  const none = await healthcheck({ FACELOOM_DATA_DIR: "/nonexistent" });
  assert.deepEqual(none, {
    errors: "faceloom: No server is running on this data folder.\n",
    code: 1,
  });
  const gone = await healthcheck({}, "--url", "http://127.0.0.1:1");
  assert.equal(gone.code, 1);
  assert.match(gone.errors, /^faceloom: http:\/\/127\.0\.0\.1:1\/livez cannot be reached: .*\n$/);
});
