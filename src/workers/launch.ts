import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { extname } from "node:path";
import type { WorkerSettings } from "./messages.ts";

/** Variables a worker may see: memory allocator, loader, locale. Everything else, secrets above all, stays behind. */
const PASSED_ON = [
  "LD_PRELOAD",
  "LD_LIBRARY_PATH",
  "MALLOC_CONF",
  "MALLOC_ARENA_MAX",
  "MALLOC_MMAP_THRESHOLD_",
  "MALLOC_TRIM_THRESHOLD_",
  "TZ",
  "LANG",
  "LC_ALL",
];

/**
 * For glibc's allocator; jemalloc does not read them. Two arenas instead of eight a core: an idle worker then holds a
 * third of the memory. Blocks of 4 MiB and more are mappings of their own, which go back to the system when they are freed;
 * glibc by itself raises that limit to 32 MiB with the first large block. Lower limits cost time at 1 megapixel.
 */
const OWN_VARIABLES = {
  PATH: "/usr/bin:/bin",
  MALLOC_ARENA_MAX: "2",
  MALLOC_MMAP_THRESHOLD_: "4194304",
  MALLOC_TRIM_THRESHOLD_: "8388608",
};

/**
 * Turns core dumps off, since a core of a worker holds faces. Where `setpriv` knows how, the kernel kills the worker when
 * its parent dies, even in the middle of a computation. Where `unshare` may, with or without being root, the worker
 * gets a network of its own with nobody in it: what decodes strangers' pictures needs none.
 */
const PRELUDE = [
  "ulimit -c 0 2>/dev/null",
  'set -- "$0" "$@"',
  "if setpriv --pdeathsig KILL true 2>/dev/null",
  'then set -- setpriv --pdeathsig KILL "$@"',
  "fi",
  "if unshare --net true 2>/dev/null",
  'then set -- unshare --net "$@"',
  "elif unshare --map-current-user --net true 2>/dev/null",
  'then set -- unshare --map-current-user --net "$@"',
  "fi",
  'exec "$@"',
].join("\n");

/**
 * Flags of Node for workers, and for benchmarks that stand for them. The first lets the engine collect the planes of
 * large pictures before it encodes them. The second keeps the heap's young part small: V8 lets it grow to 80 MB under
 * load and never gives it back, and fusions are as fast without. The third makes collections of the whole heap rarer: each
 * drops the machine code of functions that live no longer than a call, which then is compiled anew (one a call took a seventh
 * more processor time).
 */
export const WORKER_NODE_FLAGS: readonly string[] = [
  "--expose-gc",
  "--max-semi-space-size=4",
  "--initial-old-space-size=64",
];

/** Starts a worker process; `environment` is filtered before it is passed on. */
export function launchWorker(
  settings: WorkerSettings,
  environment: Readonly<Record<string, string | undefined>>,
): ChildProcess {
  const entry = new URL(`./worker-entry${extname(import.meta.filename)}`, import.meta.url);
  const shell = "/bin/sh";
  return fork(entry, [JSON.stringify(settings)], {
    serialization: "advanced",
    env: workerEnvironment(environment),
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    // Images without a shell start the worker plainly; their runtime has to forbid core dumps.
    ...(existsSync(shell)
      ? { execPath: shell, execArgv: ["-c", PRELUDE, process.execPath, ...WORKER_NODE_FLAGS] }
      : { execPath: process.execPath, execArgv: [...WORKER_NODE_FLAGS] }),
  });
}

/** Returns the environment of a worker, which benchmarks want as well: the passed-on part of `environment` over our own. */
export function workerEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const passedOn = Object.entries(environment).filter(
    (entry): entry is [string, string] => PASSED_ON.includes(entry[0]) && entry[1] !== undefined,
  );
  return { ...OWN_VARIABLES, ...Object.fromEntries(passedOn) };
}
