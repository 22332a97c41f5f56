import type { FastifyInstance } from "fastify";

/** Serves /healthz (the process answers) and /readyz (a call would be served now; else 503); strangers read both. */
export function addHealthRoutes(app: FastifyInstance, isReady: () => boolean): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (_, reply) => {
    const ready = isReady();
    reply.code(ready ? 200 : 503);
    return { status: ready ? "ready" : "not ready" };
  });
}
