import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { callSigned } from "../support/signed-call.ts";
import { ROOT } from "../support/source-modules.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

/** Enough lines of the log to fill a pipe several times over. */
const CALLS = 1_000;
const AT_ONCE = 20;

test("a log that nobody reads holds up no call and not the end of the server", async () => {
  await using folder = await createTemporaryFolder();
  const pair = { secretId: "AKIDunreadlog", secretKey: "x7Qm2Vt9Lr4Wz8Kd3Pb6Yh1N" };
  const server = spawn(process.execPath, [path.join(ROOT, "bin/faceloom.js"), "serve"], {
    env: {
      PATH: process.env.PATH,
      FACELOOM_HTTP_PORT: "0",
      FACELOOM_DATA_DIR: folder.path,
      FACELOOM_WORKERS: "1",
      FACELOOM_BOOTSTRAP_SECRET_ID: pair.secretId,
      FACELOOM_BOOTSTRAP_SECRET_KEY: pair.secretKey,
    },
    // The pipe for stderr is never read.
    stdio: ["ignore", "pipe", "pipe"],
  });
  server.stderr.pause();
  let url: string | undefined;
  for await (const line of createInterface({ input: server.stdout })) {
    url = /^Faceloom is ready at (\S+)$/.exec(line)?.[1];
    if (url !== undefined) break;
  }
  const codes: (string | undefined)[] = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (codes.length < CALLS) {
        codes.push((await callSigned({ url: url!, ...pair }, "NoSuchAction", {})).code);
      }
    }),
  );
  assert.deepEqual([...new Set(codes)], ["InvalidAction"]);
  const exit = once(server, "exit");
  server.kill("SIGTERM");
  assert.deepEqual(await exit, [0, null]);
});
