import type { WorkerConfig } from "./config.ts";
import type { WorkerProcess } from "./worker-process.ts";

/** One place of the pool with the worker that fills it. */
export interface Slot {
  readonly worker: WorkerProcess;
  state: "starting" | "idle" | "busy" | "retired";
  jobsDone: number;
  /** Its successor is being started: it leaves after its next job or, when it is idle, as soon as that one is up. */
  isSucceeded: boolean;
  /** Resident memory after its last job or rest. */
  rssBytes: number;
  /** On the monotonic clock. */
  readonly startedMs: number;
}

/** Tells whether a worker has done enough: memory that fusions leave behind goes only with the process. */
export function isWorn(
  { jobsDone, rssBytes, startedMs, isSucceeded }: Slot,
  { maxJobsPerWorker, maxRssBytes, maxAgeSeconds }: WorkerConfig,
): boolean {
  const ageMs = performance.now() - startedMs;
  if (isSucceeded || jobsDone >= maxJobsPerWorker) return true;
  return rssBytes > maxRssBytes || ageMs > maxAgeSeconds * 1000;
}
