import { readFileSync } from "node:fs";

/** Memory of a process, MiB, as Linux's /proc tells it. */
export interface ProcessMemory {
  /** Resident, pages of the program and its libraries included, which all workers share. */
  readonly residentMiB: number;
  /** What the process alone holds: resident without pages of files. */
  readonly ownMiB: number;
  /** The largest resident size since its start. */
  readonly peakMiB: number;
}

/** Reads the memory of a running process. Throws when it is gone. */
export function readProcessMemory(pid: number): ProcessMemory {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  const mebibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0) / 1024;
  return {
    residentMiB: mebibytes("VmRSS"),
    ownMiB: mebibytes("RssAnon"),
    peakMiB: mebibytes("VmHWM"),
  };
}
