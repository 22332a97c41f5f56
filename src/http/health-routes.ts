import type { FastifyInstance } from "fastify";

/** What /readyz tells. */
export interface Readiness {
  readonly isReady: boolean;
  /** Figures for operators and load tests. */
  readonly figures: Readonly<Record<string, unknown>>;
}

/** Serves /healthz (the process answers) and /readyz (a call would be served now; else 503). */
export function addHealthRoutes(app: FastifyInstance, readiness: () => Readiness): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_, reply) => {
    const { isReady, figures } = readiness();
    reply.code(isReady ? 200 : 503);
    return { status: isReady ? "ready" : "not ready", ...figures };
  });
}
