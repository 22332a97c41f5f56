import type { z } from "zod";
import type { AppError } from "../base/app-error.ts";
import {
  malformedRequest,
  missingParameter,
  unknownParameter,
  wrongParameterType,
} from "./errors.ts";
import { memberSchema, typeWordOf } from "./parameter-schema.ts";

/**
 * Checks an action's parameters against its closed schema. Nulls count as absent, as in the official clients.
 * Faults come in the original's order: `unknown-parameter`, `wrong-parameter-type`, `missing-parameter`.
 */
export function checkParameters<S extends z.ZodObject>(schema: S, raw: unknown): z.infer<S> {
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) {
    throw malformedRequest("The body is not a JSON object.");
  }
  const result = schema.safeParse(withoutNulls(raw), { reportInput: true });
  if (result.success) return result.data;
  const faults = result.error.issues
    .map((issue) => faultOf(issue, schema))
    .sort((a, b) => a.rank - b.rank);
  throw faults[0]!.error;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  // fromEntries makes own members even of `__proto__`, so that the schema sees and refuses it.
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}

function faultOf(issue: z.core.$ZodIssue, schema: z.ZodType): { rank: number; error: AppError } {
  if (issue.code === "unrecognized_keys") {
    return { rank: 0, error: unknownParameter([...issue.path, issue.keys[0]].join(".")) };
  }
  const path = issue.path.join(".");
  if (issue.code === "invalid_type" && issue.input === undefined) {
    return { rank: 2, error: missingParameter(String(issue.path.at(-1))) };
  }
  const found = issue.path.reduce<z.ZodType | undefined>(memberSchema, schema);
  return { rank: 1, error: wrongParameterType(path, typeWordOf(found)) };
}
