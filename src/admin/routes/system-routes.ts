import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { ModelRow } from "../../models/verify-models.ts";
import type { Health } from "../../operations/health.ts";
import type { Storage } from "../../storage/storage.ts";
import type { PoolStats } from "../../workers/pool-stats.ts";
import { readBody } from "../read-body.ts";
import { Refusal } from "../refusal.ts";

/** What the system page tells of. */
export interface SystemParts {
  readonly health: Health;
  /** Of the product and of what it runs on. */
  readonly versions: Readonly<Record<string, string>>;
  readonly pool: { stats(): PoolStats };
  readonly storage: Pick<Storage, "figures" | "remove">;
  /** Looks at every model's file. */
  readonly models: () => Promise<readonly ModelRow[]>;
}

const OWNER = z.strictObject({
  requestId: z.string().max(64).optional(),
  accountId: z.string().max(64).optional(),
});

/** Adds what an operator learns of the server, and the deletion of results. */
export function addSystemRoutes(app: FastifyInstance, parts: SystemParts): void {
  app.get("/admin/v1/system", async () => {
    const reasons = await parts.health.reasons();
    return {
      versions: parts.versions,
      uptimeSeconds: Math.round(process.uptime()),
      health: { phase: parts.health.phase, isReady: reasons.length === 0, reasons },
      workers: parts.pool.stats(),
      results: await parts.storage.figures(),
      models: (await parts.models()).map(({ file: _, ...model }) => model),
    };
  });
  app.post("/admin/v1/results/delete", async (request) => {
    const owner = readBody(request, OWNER);
    if (owner.requestId === undefined && owner.accountId === undefined) {
      throw new Refusal(400, "invalid", "Name a requestId or an accountId.");
    }
    return { deleted: await parts.storage.remove(owner) };
  });
}
