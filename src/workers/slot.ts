import type { WorkerConfig } from "./config.ts";
import type { WorkerProcess } from "./worker-process.ts";

/** One place of the pool with the worker that fills it. */
export interface Slot {
  readonly worker: WorkerProcess;
  state: "starting" | "idle" | "busy" | "retired";
  jobsDone: number;
  /** Resident memory after its last job. */
  rssBytes: number;
  /** On the monotonic clock. */
  readonly startedMs: number;
}

/** Tells whether a worker has done enough: memory that fusions leave behind goes only with the process. */
export function isWorn(
  { jobsDone, rssBytes, startedMs }: Slot,
  { maxJobsPerWorker, maxRssBytes, maxAgeSeconds }: WorkerConfig,
): boolean {
  const ageMs = performance.now() - startedMs;
  return jobsDone >= maxJobsPerWorker || rssBytes > maxRssBytes || ageMs > maxAgeSeconds * 1000;
}
