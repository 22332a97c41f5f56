import type { FastifyInstance } from "fastify";
import type { RetentionStatement } from "../privacy/retention-statement.ts";

/** Serves `GET /v1/retention` to everybody: what this server keeps, and for how long. */
export function addRetentionRoute(app: FastifyInstance, statement: RetentionStatement): void {
  const text = `${JSON.stringify(statement, null, 2)}\n`;
  app.get("/v1/retention", (_request, reply) =>
    reply
      .code(200)
      .header("content-type", "application/json; charset=utf-8")
      .header("cache-control", "max-age=300")
      .header("x-content-type-options", "nosniff")
      .send(text),
  );
}
