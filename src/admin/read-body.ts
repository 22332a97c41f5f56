import type { FastifyRequest } from "fastify";
import type { z } from "zod";
import { Refusal } from "./refusal.ts";

/** Reads a request's JSON by a closed schema. Throws a {@link Refusal} that names the first fault. */
export function readBody<S extends z.ZodType>(request: FastifyRequest, schema: S): z.infer<S> {
  return readBy(request.body ?? {}, schema);
}

/** Reads a request's query by a closed schema. Throws a {@link Refusal} that names the first fault. */
export function readQuery<S extends z.ZodType>(request: FastifyRequest, schema: S): z.infer<S> {
  return readBy(request.query, schema);
}

/** Reads one part of a path, such as an id. */
export function pathPart(request: FastifyRequest, name: string): string {
  return (request.params as Readonly<Record<string, string>>)[name] ?? "";
}

function readBy<S extends z.ZodType>(value: unknown, schema: S): z.infer<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue?.path.join(".") || "the body";
  throw new Refusal(400, "invalid", `${where}: ${issue?.message ?? "not valid"}`);
}
