import type { Storage } from "../storage/storage.ts";
import type { WorkerPool } from "../workers/pool.ts";
import type { OperationsConfig } from "./config.ts";
import type { Health } from "./health.ts";

/**
 * Has the health look at the parts that a call needs: a worker that is up, room for results, and where the operator
 * wants it room in the queue.
 */
export function checkParts(
  health: Health,
  config: Pick<OperationsConfig, "readyWhenSaturated">,
  parts: { readonly pool: Pick<WorkerPool, "stats">; readonly storage: Pick<Storage, "figures"> },
): void {
  health.addCheck(() => {
    const { idle, busy } = parts.pool.stats();
    return idle + busy === 0 ? "no worker is up" : undefined;
  });
  health.addCheck(async () => {
    const { shortage } = await parts.storage.figures();
    if (shortage === undefined) return undefined;
    return shortage === "quota" ? "the stored results fill their quota" : "the disk is nearly full";
  });
  health.addCheck(() => {
    const { idle, queued, queueLimit } = parts.pool.stats();
    const isFull = idle === 0 && queued >= queueLimit;
    return isFull && !config.readyWhenSaturated ? "the queue is full" : undefined;
  });
}
