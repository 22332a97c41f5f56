import { setTimeout as sleep } from "node:timers/promises";
import { abortErrorOf } from "../base/abort-error.ts";
import { AppError } from "../base/app-error.ts";
import { limitTime } from "../base/time-limit.ts";
import type { DetectedFaces } from "../fusion/detect-faces.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { WorkerConfig } from "./config.ts";
import { noWorker, waitTooLong, workerLost } from "./errors.ts";
import type { JobCall } from "./job-call.ts";
import { createJobLine, type Waiting } from "./job-line.ts";
import type { DetectJob, WorkerAnswer, WorkerJob } from "./messages.ts";
import { createPace } from "./pace.ts";
import { countSlots, type PoolStats } from "./pool-stats.ts";
import { createQuarantine } from "./quarantine.ts";
import { isWorn, type Slot } from "./slot.ts";
import type { Served, Underway, Work } from "./work.ts";
import { startWorkerProcess, type WorkerReport } from "./worker-process.ts";

/** What the pool is made from. */
export interface WorkerPoolParts {
  readonly modelsDir: string;
  readonly logger: Pick<Logger, "info" | "warn">;
  /** The server's environment; workers get the few variables of it that they need. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** A module with `createFusionEngine` in place of the product's own. */
  readonly engineModule?: URL;
}

/** A finished job and how long it waited for a worker. */
export type PoolAnswer = WorkerAnswer & { readonly queueMs: number };

/** Runs fusions in child processes, one at a time in each. */
export interface WorkerPool extends AsyncDisposable {
  /**
   * Runs a job. A job whose worker dies is tried once more within its deadline. Throws what the engine throws,
   * `overloaded`, `deadline-exceeded`, `worker-lost`, `resources-exhausted` (no worker can be started), or the
   * signal's error.
   */
  run(job: WorkerJob, call?: JobCall): Promise<PoolAnswer>;
  /** Lists the faces of a picture; queues and fails as {@link run} does. */
  detect(job: DetectJob, call?: Omit<JobCall, "onStep">): Promise<DetectedFaces>;
  /** Throws what a job of `caller` would be told at once for want of room, before anything is done for it. */
  checkRoom(caller: string): void;
  stats(): PoolStats;
  /** Kills all workers; jobs that still run or wait end with `cancelled`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** A start that takes longer than this hangs. */
const START_LIMIT_MS = 60_000;
/** So many failed starts in a row mean that the next one will fail, too: jobs are then refused, not queued. */
const HOPELESS_STARTS = 3;

/**
 * Starts the workers and resolves as soon as one is ready. Throws what the first worker says when none can start,
 * for instance `model-unavailable`.
 */
export async function createWorkerPool(
  config: WorkerConfig,
  parts: WorkerPoolParts,
): Promise<WorkerPool> {
  const pool = new Pool(config, parts);
  const starts = Array.from({ length: config.workers }, () => pool.start());
  try {
    await Promise.any(starts);
  } catch (error) {
    await pool[Symbol.asyncDispose]();
    throw (error as AggregateError).errors[0];
  }
  return pool;
}

class Pool implements WorkerPool {
  readonly #config: WorkerConfig;
  readonly #parts: WorkerPoolParts;
  readonly #slots = new Set<Slot>();
  readonly #line;
  readonly #closing = new AbortController();
  readonly #counts = { jobsDone: 0, crashed: 0, killed: 0, hung: 0, recycled: 0 };
  readonly #pace = createPace();
  readonly #quarantine = createQuarantine(() => performance.now());
  #failedStarts = 0;

  constructor(config: WorkerConfig, parts: WorkerPoolParts) {
    this.#config = config;
    this.#parts = parts;
    this.#line = createJobLine<Slot>(config.queueLength);
  }

  async run(job: WorkerJob, call: JobCall = {}): Promise<PoolAnswer> {
    const work: Work<WorkerAnswer> = (worker) => worker.run(job, call.onStep);
    const { template, merges } = job.request;
    const pictures = [template, ...merges.map(({ user }) => user)];
    const { answer, queueMs } = await this.#serve(work, pictures, call);
    return { ...answer, queueMs };
  }

  async detect(job: DetectJob, call: JobCall = {}): Promise<DetectedFaces> {
    return (await this.#serve((worker) => worker.detect(job), [job.picture], call)).answer;
  }

  async #serve<A>(
    work: Work<A>,
    pictures: readonly Uint8Array[],
    { signal, caller = "" }: JobCall,
  ): Promise<Served<A>> {
    const startedMs = performance.now();
    const outer = AbortSignal.any([this.#closing.signal, ...(signal ? [signal] : [])]);
    using limit = limitTime(this.#config.deadlineMs, outer);
    await this.#quarantine.check(pictures);
    this.#checkWait();
    const attempt = async (isReturning: boolean) => {
      const slot = await this.#acquire({ signal: limit.signal, caller, isReturning });
      const queueMs = performance.now() - startedMs;
      return { queueMs, report: await this.#runOn(slot, work, { signal: limit.signal, pictures }) };
    };
    const first = await attempt(false);
    const report = first.report ?? (await attempt(true)).report;
    if (!report) throw workerLost();
    if ("error" in report.result) throw report.result.error;
    return { answer: report.result.answer, queueMs: first.queueMs };
  }

  checkRoom(caller: string): void {
    this.#checkWait();
    if (countSlots(this.#slots).idle === 0) this.#line.checkRoom(caller);
  }

  stats(): PoolStats {
    return {
      ...countSlots(this.#slots),
      queued: this.#line.length,
      queueLimit: this.#config.queueLength,
      waitEstimateMs: this.#waitEstimateMs(),
      ...this.#counts,
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closing.abort(new AppError("cancelled", "The server is shutting down."));
    const slots = [...this.#slots];
    for (const { worker } of slots) worker.kill();
    await Promise.all(slots.map(({ worker }) => worker.gone));
  }

  /** Starts one worker and keeps its place filled from then on; in place of `old`, which serves until it is up. */
  async start(old?: Slot): Promise<void> {
    const { modelsDir, engineModule, environment = {} } = this.#parts;
    const module = engineModule && { engineModule: engineModule.href };
    const settings = { modelsDir, threads: 1, ...module };
    const slot: Slot = {
      worker: startWorkerProcess(settings, environment, (rssBytes) => this.#rested(slot, rssBytes)),
      state: "starting",
      jobsDone: 0,
      isSucceeded: false,
      rssBytes: 0,
      startedMs: performance.now(),
    };
    this.#slots.add(slot);
    void this.#replaceWhenGone(slot);
    const hang = setTimeout(() => slot.worker.kill(), START_LIMIT_MS);
    try {
      await slot.worker.ready;
      this.#failedStarts = 0;
      this.#offer(slot);
    } catch (error) {
      slot.state = "retired";
      // A stopping pool ends workers that still load; that is no failed start.
      if (this.#closing.signal.aborted) throw error;
      this.#failedStarts += 1;
      this.#parts.logger.warn({ error }, "Worker could not start");
      if (this.#isHopeless()) this.#line.close(noWorker(error));
      if (old && this.#slots.has(old) && old.state !== "retired") {
        // Better a large worker than none: it keeps its place, and this one has no successor.
        old.isSucceeded = false;
        slot.isSucceeded = true;
      }
      slot.worker.kill();
      throw error;
    } finally {
      clearTimeout(hang);
    }
  }

  async #acquire(waiting: Waiting): Promise<Slot> {
    const idle = [...this.#slots].find((slot) => slot.state === "idle");
    if (!idle && this.#isHopeless()) throw noWorker();
    const slot = idle && !waiting.signal.aborted ? idle : await this.#line.wait(waiting);
    slot.state = "busy";
    return slot;
  }

  /** Runs a job on a busy slot; undefined when the worker died under it. */
  async #runOn<A>(
    slot: Slot,
    work: Work<A>,
    { signal, pictures }: Underway,
  ): Promise<WorkerReport<A> | undefined> {
    if (signal.aborted) {
      this.#offer(slot);
      throw abortErrorOf(signal);
    }
    const startedMs = performance.now();
    const stop = () => {
      if (abortErrorOf(signal).reason === "deadline-exceeded") {
        this.#counts.hung += 1;
        void this.#quarantine.note(pictures);
      }
      this.#retire(slot, "killed");
    };
    signal.addEventListener("abort", stop, { once: true });
    try {
      const report = await work(slot.worker);
      if (signal.aborted) throw abortErrorOf(signal);
      if (report) {
        this.#pace.note(performance.now() - startedMs);
        this.#settle(slot, report);
      } else await this.#quarantine.note(pictures);
      return report;
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  #settle(slot: Slot, report: WorkerReport<unknown>): void {
    slot.jobsDone += 1;
    slot.rssBytes = report.rssBytes;
    this.#counts.jobsDone += 1;
    // After an error that nobody foresaw nobody knows what state the worker is in.
    const isBroken = "error" in report.result && !(report.result.error instanceof AppError);
    if (!isBroken && !isWorn(slot, this.#config)) {
      this.#offer(slot);
      return;
    }
    const { jobsDone } = slot;
    this.#parts.logger.info({ jobsDone, rssBytes: report.rssBytes, isBroken }, "Worker recycled");
    this.#retire(slot, "recycled");
  }

  #rested(slot: Slot, rssBytes: number): void {
    slot.rssBytes = rssBytes;
    if (rssBytes > this.#config.maxIdleRssBytes && !slot.isSucceeded) void this.#succeed(slot);
  }

  /** Replaces an idle worker; it serves on until the next one is up. */
  async #succeed(slot: Slot): Promise<void> {
    slot.isSucceeded = true;
    await this.start(slot).catch(() => undefined);
    if (!slot.isSucceeded || slot.state !== "idle") return;
    this.#parts.logger.info({ rssBytes: slot.rssBytes }, "Idle worker replaced");
    this.#retire(slot, "recycled");
  }

  #offer(slot: Slot): void {
    slot.state = "idle";
    if (this.#line.serve(slot)) slot.state = "busy";
  }

  #retire(slot: Slot, why: "killed" | "recycled"): void {
    if (slot.state === "retired") return;
    slot.state = "retired";
    this.#counts[why] += 1;
    slot.worker.kill();
  }

  /** A line that moves slowly may be too long before it is full; one job a worker may wait in any case. */
  #checkWait(): void {
    const estimateMs = this.#waitEstimateMs();
    const isShort = this.#line.length < this.#slots.size;
    if (!isShort && estimateMs > this.#config.maxWaitMs) throw waitTooLong(estimateMs);
  }

  #waitEstimateMs(): number {
    const isAnyIdle = countSlots(this.#slots).idle > 0;
    return isAnyIdle ? 0 : this.#pace.waitMs(this.#line.length, this.#slots.size);
  }

  #isHopeless(): boolean {
    const isAnyAlive = [...this.#slots].some(({ state }) => state === "idle" || state === "busy");
    return !isAnyAlive && this.#failedStarts >= HOPELESS_STARTS;
  }

  async #replaceWhenGone(slot: Slot): Promise<void> {
    const { how, lastWords } = await slot.worker.gone;
    this.#slots.delete(slot);
    if (this.#closing.signal.aborted) return;
    if (slot.state !== "retired") {
      this.#counts.crashed += 1;
      this.#parts.logger.warn(
        { pid: slot.worker.pid, state: slot.state, how, lastWords },
        "Worker died",
      );
    }
    if (slot.isSucceeded) return;
    const pauseMs = this.#failedStarts === 0 ? 0 : Math.min(5_000, 100 * 2 ** this.#failedStarts);
    await sleep(pauseMs, undefined, { ref: false });
    if (!this.#closing.signal.aborted) await this.start().catch(() => undefined); // its end starts the next one
  }
}
