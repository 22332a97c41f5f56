import type { WorkerProcess, WorkerReport } from "./worker-process.ts";

/** What a job does on a worker; undefined when the worker died under it. */
export type Work<A> = (worker: WorkerProcess) => Promise<WorkerReport<A> | undefined>;

/** What a job brought, and how long it waited for a worker. */
export interface Served<A> {
  readonly answer: A;
  readonly queueMs: number;
}

/** A job that runs. */
export interface Underway {
  readonly signal: AbortSignal;
  readonly pictures: readonly Uint8Array[];
}
