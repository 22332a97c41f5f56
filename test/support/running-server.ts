import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { readListeners } from "../../src/operations/listeners-file.ts";
import { ROOT } from "./source-modules.ts";

/** A server started as a user would, in its own process with its own data folder. */
export interface RunningServer extends AsyncDisposable {
  /** `http://HOST:PORT`. */
  readonly url: string;
  readonly process: ChildProcess;
  readonly dataDir: string;
  readonly secretId: string;
  readonly secretKey: string;
  /** The last lines the server wrote to stderr. */
  errorOutput(): string;
  /** Where its listener for probes and collectors is. */
  opsAddress(): Promise<string>;
}

/** How long a server may take until it is ready, models included. */
const START_MS = 120_000;
const KEPT_OUTPUT = 8_000;

/** What a start may change. */
export interface StartOptions {
  /** A program with its arguments that the server is run by. */
  readonly within?: readonly string[];
  /** A folder that stays when the server is disposed of; one of its own without it. */
  readonly dataDir?: string;
  /** The first account's key, of an earlier start with the same folder. */
  readonly key?: Pick<RunningServer, "secretId" | "secretKey">;
  /** Hears everything that the server writes. */
  readonly onOutput?: (text: string) => unknown;
}

/** Starts `faceloom serve` on a free port and waits for the line that says it is ready. */
export async function startServer(
  settings: Readonly<Record<string, string>> = {},
  options: StartOptions = {},
): Promise<RunningServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), "faceloom-test-")));
  const { secretId, secretKey } = options.key ?? createKey();
  const command = [
    ...(options.within ?? []),
    process.execPath,
    path.join(ROOT, "bin/faceloom.js"),
    "serve",
  ];
  const server = spawn(command[0]!, command.slice(1), {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      FACELOOM_HTTP_PORT: "0",
      FACELOOM_DATA_DIR: dataDir,
      FACELOOM_BOOTSTRAP_SECRET_ID: secretId,
      FACELOOM_BOOTSTRAP_SECRET_KEY: secretKey,
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let errors = "";
  server.stderr.on("data", (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-KEPT_OUTPUT);
    options.onOutput?.(chunk.toString());
  });
  server.stdout.on("data", (chunk: Buffer) => options.onOutput?.(chunk.toString()));
  const dispose = async (): Promise<void> => {
    if (server.exitCode === null && server.signalCode === null) {
      const gone = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGTERM");
      const timer = setTimeout(() => server.kill("SIGKILL"), 10_000);
      await gone;
      clearTimeout(timer);
    }
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const url = await readyUrl(server);
    return {
      url,
      process: server,
      dataDir,
      secretId,
      secretKey,
      errorOutput: () => errors,
      opsAddress: async () => (await readListeners(dataDir))!.ops!,
      [Symbol.asyncDispose]: dispose,
    };
  } catch (cause) {
    await dispose();
    throw new Error(`The server did not start. Its last words:\n${errors}`, { cause });
  }
}

function createKey(): Pick<RunningServer, "secretId" | "secretKey"> {
  return {
    secretId: `AKID${randomBytes(16).toString("hex")}`,
    secretKey: randomBytes(16).toString("hex"),
  };
}

function readyUrl(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("It took too long.")), START_MS);
    server.once("exit", (code) => reject(new Error(`It ended with code ${code}.`)));
    createInterface({ input: server.stdout! }).on("line", (line) => {
      const url = /^Faceloom is ready at (http:\/\/\S+)$/.exec(line)?.[1];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
  });
}
