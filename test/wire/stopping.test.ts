import assert from "node:assert/strict";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { request } from "node:http";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { startServer } from "../support/running-server.ts";
import { callSigned } from "../support/signed-call.ts";

const require = createRequire(import.meta.url);

async function aCall(): Promise<unknown> {
  const photo = await readFile(require.resolve("@vladmandic/face-api/demo/sample1.jpg"), "base64");
  return { RspImgType: "base64", ModelImage: photo, MergeInfos: [{ Image: photo }] };
}

/** Asks a path without keeping the connection. */
function ask(url: string): Promise<{ readonly status: number; readonly connection?: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(
      url,
      { agent: false, headers: { connection: "keep-alive" } },
      (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode ?? 0, connection: answer.headers.connection ?? "" });
      },
    );
    asking.on("error", reject);
    asking.end();
  });
}

test("calls that run when the server is told to stop are answered, and it ends with 0", async () => {
  await using server = await startServer({ FACELOOM_WORKERS: "1" });
  const call = await aCall();
  const running = [1, 2, 3].map(() => callSigned(server, "FuseFaceUltra", call));
  // Time for all three to be read; the first takes longer than that.
  await sleep(200);
  const exit = once(server.process, "exit");
  server.process.kill("SIGTERM");
  const codes = (await Promise.all(running)).map(({ code }) => code);
  assert.deepEqual(codes, [undefined, undefined, undefined]);
  assert.deepEqual(await exit, [0, null]);
});

test("during the delay the server is not ready, serves on and closes each connection", async () => {
  await using server = await startServer({ FACELOOM_WORKERS: "1", FACELOOM_STOP_DELAY_MS: "3000" });
  const { ops } = JSON.parse(await readFile(path.join(server.dataDir, "listeners.json"), "utf8"));
  assert.equal((await ask(`${ops}/readyz`)).status, 200);
  const exit = once(server.process, "exit");
  server.process.kill("SIGTERM");
  while ((await ask(`${ops}/readyz`)).status === 200) await sleep(20);
  assert.equal((await ask(`${ops}/livez`)).status, 200);
  assert.deepEqual(await ask(`${server.url}/healthz`), { status: 200, connection: "close" });
  assert.deepEqual(await exit, [0, null]);
});

test("the second signal ends the server at once", async () => {
  await using server = await startServer({
    FACELOOM_WORKERS: "1",
    FACELOOM_STOP_DELAY_MS: "60000",
  });
  const exit = once(server.process, "exit");
  server.process.kill("SIGTERM");
  while (!server.errorOutput().includes("Stopping")) await sleep(20);
  server.process.kill("SIGTERM");
  assert.deepEqual(await exit, [130, null]);
});
