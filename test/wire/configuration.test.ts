import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { type RunningServer, startServer } from "../support/running-server.ts";
import { callSigned } from "../support/signed-call.ts";
import { ROOT } from "../support/source-modules.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

/** Runs `faceloom serve` with arguments that make it end at once. */
function serve(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, [path.join(ROOT, "bin/faceloom.js"), "serve", ...args], {
    env: { PATH: process.env.PATH, ...environment },
    encoding: "utf8",
  });
}

/** Waits until the server's log has a line with this message, and returns the newest. */
async function logged(server: RunningServer, message: string): Promise<Record<string, unknown>> {
  for (;;) {
    const line = server
      .errorOutput()
      .split("\n")
      .findLast((text) => text.includes(message));
    if (line !== undefined) return JSON.parse(line);
    await sleep(20);
  }
}

async function reloadMetric(server: RunningServer): Promise<string | undefined> {
  const { ops } = JSON.parse(await readFile(path.join(server.dataDir, "listeners.json"), "utf8"));
  const metrics = await (await fetch(`${ops}/metrics`)).text();
  return /^faceloom_config_reload_success (\d)$/m.exec(metrics)?.[1];
}

test("--check-config ends with 0 or with 78 and every fault, and starts nothing", async () => {
  await using folder = await createTemporaryFolder();
  const file = path.join(folder.path, "faceloom.yaml");
  await writeFile(file, "http: { port: 1 }\n");
  const good = serve(["--check-config", "--config", file, "--set", "http.host=::1"]);
  assert.deepEqual([good.status, good.stderr], [0, ""]);
  assert.match(good.stdout, /valid; 2 settings/);
  await writeFile(file, "http: { prt: 1 }\n");
  const bad = serve(["--check-config"], { FACELOOM_CONFIG: file, FACELOOM_WORKERS: "none" });
  assert.equal(bad.status, 78);
  assert.match(bad.stderr, /did you mean http\.port\?[\s\S]*FACELOOM_WORKERS must be/);
});

test("--print-config tells what is in effect and hides secrets", () => {
  const secret = "uW8fZ3kQ0sJ5xT2vB7nM4cR9";
  const { stdout, status } = serve(["--print-config", "--set", "http.port=8099"], {
    FACELOOM_BOOTSTRAP_SECRET_ID: "AKIDtest",
    FACELOOM_BOOTSTRAP_SECRET_KEY: secret,
  });
  assert.equal(status, 0);
  assert.match(stdout, /^ {2}port: 8099 # --set$/m);
  assert.doesNotMatch(stdout, new RegExp(secret));
});

test("SIGHUP takes live settings over, names those that need a restart, and refuses a wrong file", async () => {
  await using folder = await createTemporaryFolder();
  const file = path.join(folder.path, "faceloom.yaml");
  await writeFile(file, "accounts: { ratePerSecond: 0 }\n");
  await using server = await startServer({ FACELOOM_CONFIG: file, FACELOOM_WORKERS: "1" });
  const codeOf = async () => (await callSigned(server, "DescribeMaterialList", {})).code;
  const burst = async () =>
    (await Promise.all([1, 2, 3, 4].map(codeOf))).includes("RequestLimitExceeded");
  assert.equal(await burst(), false);

  await writeFile(file, "accounts: { ratePerSecond: 1 }\nworkers: { workers: 2 }\n");
  server.process.kill("SIGHUP");
  assert.deepEqual((await logged(server, "Configuration reloaded")).changed, [
    "accounts.ratePerSecond",
  ]);
  assert.equal(await reloadMetric(server), "1");
  // Four calls may fall into two seconds of the clock, but not into four.
  assert.equal(await burst(), true);

  await writeFile(file, "accounts: { ratePerSecond: 1 }\nhttp: { host: 10.0.0.1 }\n");
  server.process.kill("SIGHUP");
  const { needsRestart } = await logged(server, "change with the next start only");
  assert.deepEqual(needsRestart, ["http.host"]);

  await writeFile(file, "accounts: { ratePerSecond: many }\n");
  server.process.kill("SIGHUP");
  const { why } = await logged(server, "Configuration not reloaded");
  assert.match(String(why), /accounts\.ratePerSecond/);
  assert.equal(await reloadMetric(server), "0");
  assert.equal(await burst(), true);
});
