import type { Storage } from "../storage/storage.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { WorkerPool } from "../workers/pool.ts";

/** The parts whose figures are asked for when metrics are written. */
export interface MeasuredParts {
  readonly pool: Pick<WorkerPool, "stats">;
  readonly storage: Pick<Storage, "figures">;
  /** Pixels of the fusions in progress. */
  readonly pixelsInFlight: () => number;
  /** Log lines lost so far. */
  readonly droppedLogLines: () => number;
}

/** Has the figures of the server's parts read each time the metrics are written. */
export function feedMetrics(metrics: Metrics, parts: MeasuredParts): void {
  metrics.count("inputsStored", {}, 0);
  metrics.set("configReloadSuccess", {}, 1);
  metrics.beforeWriting(async () => {
    feedWorkers(metrics, parts.pool);
    await feedStorage(metrics, parts.storage);
    metrics.set("pixelsInFlight", {}, parts.pixelsInFlight());
    metrics.countUpTo("logLinesDropped", {}, parts.droppedLogLines());
  });
}

function feedWorkers(metrics: Metrics, pool: MeasuredParts["pool"]): void {
  const stats = pool.stats();
  for (const state of ["starting", "idle", "busy"] as const) {
    metrics.set("workers", { state }, stats[state]);
  }
  metrics.set("workerRssBytes", {}, stats.rssBytes);
  metrics.set("queueLength", {}, stats.queued);
  metrics.set("queueLimit", {}, stats.queueLimit);
  metrics.set("queueWaitSeconds", {}, stats.waitEstimateMs / 1000);
  metrics.countUpTo("jobs", {}, stats.jobsDone);
  const restarts = {
    crash: stats.crashed,
    hang: stats.hung,
    cancel: stats.killed - stats.hung,
    recycle: stats.recycled,
  };
  for (const [reason, total] of Object.entries(restarts)) {
    metrics.countUpTo("workerRestarts", { reason }, total);
  }
}

async function feedStorage(metrics: Metrics, storage: MeasuredParts["storage"]): Promise<void> {
  const figures = await storage.figures();
  metrics.set("resultsBytes", {}, figures.usedBytes);
  metrics.set("resultsQuotaBytes", {}, figures.quotaBytes);
  metrics.set("reaperLagSeconds", {}, figures.sinceSweepMs / 1000);
  metrics.countUpTo("resultsStored", {}, figures.stored);
  metrics.countUpTo("resultsDeleted", { why: "expired" }, figures.deletedExpired);
  metrics.countUpTo("resultsDeleted", { why: "asked" }, figures.deletedOnRequest);
  if (figures.disk === undefined) return;
  metrics.set("diskFreeBytes", {}, figures.disk.freeBytes);
  metrics.set("diskSizeBytes", {}, figures.disk.sizeBytes);
}
