import { spawnSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { ROOT } from "../support/source-modules.ts";

/** A program with its arguments, to run another one by. */
export type Within = readonly string[];

/**
 * Returns what runs a program with the whole disk read-only but `dataDir`, and with `tmpDir` as its /tmp; undefined where
 * bubblewrap is missing or may not.
 */
export function sandboxOf(dataDir: string, tmpDir: string): Within | undefined {
  const within = [
    ...["bwrap", "--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"],
    ...["--bind", tmpDir, "/tmp", "--bind", dataDir, dataDir, "--ro-bind", ROOT, ROOT],
    ...["--chdir", ROOT],
  ];
  return succeeds([...within, "true"]) ? within : undefined;
}

/** Calls by which a file comes to be. */
const CALLS = "open,openat,openat2,creat,rename,renameat,renameat2,link,linkat,symlink,symlinkat";

/** Returns what writes down which files a program and its children make; undefined where strace is missing or may not. */
export function watchFiles(logFile: string): Within | undefined {
  // As the program's grandchild: signals and the exit code stay those of the program itself.
  const within = [
    "strace",
    "-D",
    "-f",
    "-qq",
    "--seccomp-bpf",
    "-o",
    logFile,
    "-e",
    `trace=${CALLS}`,
  ];
  return succeeds([...within, "true"]) ? within : undefined;
}

function succeeds([program, ...args]: readonly string[]): boolean {
  return spawnSync(program!, args, { stdio: "ignore" }).status === 0;
}

/** Reads from such a log the names of all files that were made, moved or opened to be written, each once. */
export async function filesMade(logFile: string): Promise<readonly string[]> {
  const made = new Set<string>();
  for (const line of (await readFile(logFile, "utf8")).split("\n")) {
    // A call that another thread interrupts in the log is taken as made.
    if (/ = -1 E/.test(line)) continue;
    const isWrite = /\bO_(?:CREAT|WRONLY|RDWR|TMPFILE)\b/.test(line) || /^\d+ +creat\(/.test(line);
    if (!isWrite && !/^\d+ +(?:rename|link|symlink)/.test(line)) continue;
    for (const [, name] of line.matchAll(/"((?:[^"\\]|\\.)*)"/g)) made.add(name!);
  }
  return [...made];
}
