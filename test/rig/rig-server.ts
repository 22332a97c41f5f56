import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { readListeners } from "../../src/operations/listeners-file.ts";
import type { EventLoopDelay } from "../../src/telemetry/event-loop.ts";
import { ROOT } from "../support/source-modules.ts";
import type { ClientKey } from "../support/tc3-client.ts";

/** Workers of every server under test. */
export const WORKERS = 2;
/** Calls that may wait for one of them. */
export const QUEUE = 8;

/** What `/figures` tells of a server. */
export interface Figures {
  readonly eventLoop: EventLoopDelay;
  readonly workers: Readonly<Record<string, number>>;
}

/** A server under test, in a process of its own. */
export interface RigServer extends AsyncDisposable {
  readonly address: string;
  readonly key: ClientKey;
  readonly dataDir: string;
  readonly process: ChildProcess;
  /** From the start of the process to the line that says it is ready. */
  readonly readyMs: number;
  /** Reads `/figures`; the event loop's delay counts from the reading before. */
  figures(): Promise<Figures>;
  /** Process ids of its living workers. */
  workerPids(): readonly number[];
  /** Lines of its log that tell of a fault of its own. */
  faults(): readonly string[];
  /** Stops it and returns its exit code and how long that took; undefined code when a signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<{ readonly code: number | null; readonly tookMs: number }>;
}

/** What a start may change. */
export interface RigServerOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** A folder of an earlier server, which then stays when this one is disposed of. */
  readonly dataDir?: string;
  readonly key?: ClientKey;
  /** False leaves what it writes to stderr in the pipe, unread. */
  readonly isLogRead?: boolean;
}

const SETTINGS = {
  FACELOOM_HTTP_PORT: "0",
  FACELOOM_OPS_PORT: "0",
  FACELOOM_ADMIN_PORT: "0",
  FACELOOM_WORKERS: String(WORKERS),
  FACELOOM_QUEUE_LENGTH: String(QUEUE),
  FACELOOM_DEADLINE_MS: "12000",
  FACELOOM_WORKER_DEADLINE_MS: "10000",
  FACELOOM_RESULT_MIN_FREE_BYTES: "0",
  FACELOOM_DOWNLOAD_ALLOW_CIDRS: "127.0.0.1/32",
} as const;

const START_LIMIT_MS = 60_000;

/** Starts a server with the scripted engine. Throws with its last words when it does not get ready. */
export async function startRigServer(options: RigServerOptions = {}): Promise<RigServer> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), "faceloom-rig-")));
  const key = options.key ?? createKey();
  const startedMs = performance.now();
  const { child, lastWords, faults } = spawnServer(dataDir, key, options);
  const dispose = async (): Promise<void> => {
    await end(child, "SIGKILL");
    if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const address = await readyAddress(child);
    const readyMs = performance.now() - startedMs;
    return {
      address,
      key,
      dataDir,
      process: child,
      readyMs,
      figures: async () => {
        const answer = await fetch(`${await opsAddressOf({ dataDir })}/figures`);
        return (await answer.json()) as Figures;
      },
      faults: () => faults,
      workerPids: () => childrenOf(child.pid!),
      stop: (signal = "SIGTERM") => end(child, signal),
      [Symbol.asyncDispose]: dispose,
    };
  } catch (cause) {
    await dispose();
    throw new Error(`The server did not get ready. Its last words: ${lastWords()}`, { cause });
  }
}

/** Starts a server that is expected to refuse to start; returns its exit code and what it said. */
export async function failingStart(
  dataDir: string,
): Promise<{ readonly code: number | null; readonly text: string }> {
  const key = createKey();
  const { child, lastWords } = spawnServer(dataDir, key, {});
  const isReady = readyAddress(child).then(
    () => true,
    () => false,
  );
  if (await isReady) {
    await end(child, "SIGKILL");
    return { code: null, text: "it started" };
  }
  return { code: child.exitCode, text: lastWords() };
}

function createKey(): ClientKey {
  return {
    secretId: `AKID${randomBytes(16).toString("hex")}`,
    secretKey: randomBytes(16).toString("hex"),
  };
}

function spawnServer(
  dataDir: string,
  key: ClientKey,
  { settings = {}, isLogRead = true }: RigServerOptions,
): {
  readonly child: ChildProcess;
  readonly lastWords: () => string;
  readonly faults: readonly string[];
} {
  const child = spawn(process.execPath, [path.join(ROOT, "test/rig/serve-scripted.ts")], {
    cwd: ROOT,
    env: {
      PATH: process.env.PATH,
      FACELOOM_DATA_DIR: dataDir,
      FACELOOM_BOOTSTRAP_SECRET_ID: key.secretId,
      FACELOOM_BOOTSTRAP_SECRET_KEY: key.secretKey,
      ...SETTINGS,
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let words = "";
  const faults: string[] = [];
  if (isLogRead) {
    createInterface({ input: child.stderr! }).on("line", (line) => {
      words = `${words}${line}\n`.slice(-4_000);
      const isUsual = line.startsWith("{") || line.startsWith("Models ");
      if (!isUsual || line.includes('"level":"error"')) faults.push(line);
    });
  }
  return { child, lastWords: () => words, faults };
}

function readyAddress(child: ChildProcess): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const timer = setTimeout(() => reject(new Error("It took too long.")), START_LIMIT_MS);
  child.once("exit", (code) => reject(new Error(`It ended with code ${code}.`)));
  createInterface({ input: child.stdout! }).on("line", (line) => {
    const address = /^Faceloom is ready at (http:\/\/\S+)$/.exec(line)?.[1];
    if (address !== undefined) resolve(address);
  });
  return promise.finally(() => clearTimeout(timer));
}

async function end(
  child: ChildProcess,
  signal: NodeJS.Signals,
): Promise<{ readonly code: number | null; readonly tookMs: number }> {
  const startedMs = performance.now();
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }
  return { code: child.exitCode, tookMs: performance.now() - startedMs };
}

/** Living direct children of a process; from Linux's /proc. */
export function childrenOf(pid: number): readonly number[] {
  return readdirSync("/proc").flatMap((name) => {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : undefined;
    return stat?.parent === pid && stat.state !== "Z" ? [Number(name)] : [];
  });
}

/** Tells whether a process is there and no zombie. */
export function isAlive(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== undefined && stat.state !== "Z";
}

function statOf(pid: number): { readonly state: string; readonly parent: number } | undefined {
  try {
    // The name in parentheses may hold blanks; what follows it does not.
    const [, state = "", parent = ""] = /\) (\S) (\d+)/.exec(
      readFileSync(`/proc/${pid}/stat`, "latin1"),
    )!;
    return { state, parent: Number(parent) };
  } catch {
    return undefined; // it ended in the meantime
  }
}

/** Resident memory of a process now, MiB. */
export function residentMiB(pid: number): number {
  try {
    const kib = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1];
    return Number(kib ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Waits until something is so, for `limitMs` at most, and returns how long it took. */
export async function waitUntil(
  is: () => boolean | Promise<boolean>,
  limitMs: number,
): Promise<number> {
  const startedMs = performance.now();
  while (!(await is()) && performance.now() - startedMs < limitMs) await sleep(20);
  return performance.now() - startedMs;
}

/** Returns where a server's listener for probes and collectors is. */
export async function opsAddressOf(server: Pick<RigServer, "dataDir">): Promise<string> {
  return (await readListeners(server.dataDir))!.ops!;
}

/** Files, sockets and pipes that a process has open. */
export function openFiles(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

/** Processor time that a process has used, in seconds. */
export function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ")[1]!.split(" ");
  // Fields 14 and 15 of proc(5), in hundredths of a second.
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
