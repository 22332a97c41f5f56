import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import path from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { ROOT } from "../support/source-modules.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

const PROGRAM = path.join(ROOT, "bin/faceloom.js");

/** Starts `faceloom serve` with these settings only. */
function serve(settings: Readonly<Record<string, string>>) {
  return spawn(process.execPath, [PROGRAM, "serve"], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

interface Run {
  readonly output: string;
  readonly code: number | null;
}

/** Runs a server until it is ready, does something, stops it by SIGTERM. */
async function runUntilReady(
  settings: Readonly<Record<string, string>>,
  whileReady: (address: string) => Promise<void> = async () => {},
): Promise<Run> {
  const server = serve(settings);
  const exit = once(server, "exit");
  server.stderr.resume();
  let output = "";
  for await (const chunk of server.stdout) {
    output += String(chunk);
    const address = /^Faceloom is ready at (\S+)$/m.exec(output)?.[1];
    if (address === undefined) continue;
    await whileReady(address);
    break;
  }
  server.kill("SIGTERM");
  const [code] = await exit;
  return { output, code };
}

test("the first start prints a key once, then one line with the address; it ends cleanly on SIGTERM", async () => {
  await using folder = await createTemporaryFolder();
  const settings = { FACELOOM_DATA_DIR: folder.path, FACELOOM_HTTP_PORT: "0" };
  const first = await runUntilReady(settings, async (address) => {
    assert.equal((await fetch(`${address}/readyz`)).status, 200);
  });
  assert.match(first.output, /SecretId: +AKID\w{32}\n +SecretKey: +\w{32}\n/);
  assert.equal(first.output.match(/^Faceloom is ready at http:\/\/127\.0\.0\.1:\d+$/gm)?.length, 1);
  assert.match(first.output, /^ {2}Token: +[\w-]{43}$/m);
  assert.equal(first.code, 0);
  const second = await runUntilReady(settings);
  // Where the console has been built, its address comes first.
  assert.match(
    second.output,
    /^(Console: \S+\n)?Faceloom is ready at http:\/\/127\.0\.0\.1:\d+\n$/,
  );
  assert.equal(second.code, 0);
});

test("when the usual port is taken and none is configured, a free one is used", async () => {
  await using folder = await createTemporaryFolder();
  await using holder = createServer();
  // Somebody may hold it already, which is just as good.
  const isHeld = Promise.race([once(holder, "listening"), once(holder, "error")]);
  holder.listen(8080, "127.0.0.1");
  await isHeld.catch(() => undefined);
  const { output } = await runUntilReady({ FACELOOM_DATA_DIR: folder.path });
  assert.match(output, /^Faceloom is ready at http:\/\/127\.0\.0\.1:(?!8080$)\d+$/m);
});

test("a configuration that is wrong is told in full and ends with 78 before anything is made", async () => {
  await using folder = await createTemporaryFolder();
  const server = serve({
    FACELOOM_DATA_DIR: folder.path,
    FACELOOM_HTTP_PORT: "port",
    FACELOOM_WORKER: "2",
  });
  const [errors, output, [code]] = await Promise.all([
    text(server.stderr),
    text(server.stdout),
    once(server, "exit"),
  ]);
  assert.equal(code, 78);
  assert.equal(output, "");
  assert.match(errors, /FACELOOM_HTTP_PORT must be a whole number/);
  assert.match(errors, /FACELOOM_WORKER is not a setting; did you mean FACELOOM_WORKERS\?/);
});

test("a data folder that cannot be made is told in one line and ends with 78", async () => {
  await using folder = await createTemporaryFolder();
  const file = path.join(folder.path, "file");
  await writeFile(file, "");
  const server = serve({ FACELOOM_DATA_DIR: path.join(file, "data"), FACELOOM_LOG_LEVEL: "error" });
  const [errors, [code]] = await Promise.all([text(server.stderr), once(server, "exit")]);
  assert.equal(code, 78);
  assert.match(
    errors,
    /^faceloom: Cannot write to the folder \S+ \(ENOTDIR\)\. Set FACELOOM_DATA_DIR.*\n$/,
  );
});

test("a first start that fails on its port makes no key: the next one prints it", async () => {
  await using folder = await createTemporaryFolder();
  await using holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address() as AddressInfo;
  const settings = { FACELOOM_DATA_DIR: folder.path };
  const failing = serve({ ...settings, FACELOOM_HTTP_PORT: String(port) });
  const [errors, [code]] = await Promise.all([text(failing.stderr), once(failing, "exit")]);
  assert.equal(code, 78);
  assert.match(errors, /Cannot listen on 127\.0\.0\.1, port \d+ \(EADDRINUSE\)/);
  const { output } = await runUntilReady({ ...settings, FACELOOM_HTTP_PORT: "0" });
  assert.match(output, /SecretKey: +\w{32}\n/);
});
