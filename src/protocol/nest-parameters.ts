import { z } from "zod";
import { malformedRequest, unknownParameter } from "./errors.ts";
import { JSON_LIMITS } from "./json-guard.ts";
import { memberSchema, plainSchema } from "./parameter-schema.ts";
import type { FormPairs } from "./v1/form.ts";

/** Names that have been split at their dots: texts at the ends. */
interface Tree {
  [name: string]: Tree | string;
}

/**
 * Turns `MergeInfos.0.Url=…` into the value that a JSON body would have held, as `schema` types it: arrays from
 * 0-indexed names, numbers and booleans from their texts. What does not fit stays a text for the check that follows.
 * Throws `unknown-parameter` for a name that is both a value and a branch, `malformed-request` for too deep names.
 */
export function nestParameters(pairs: FormPairs, schema: z.ZodType): unknown {
  const tree: Tree = Object.create(null);
  for (const [name, value] of pairs) plant(tree, name, value);
  return shaped(tree, schema);
}

function plant(tree: Tree, name: string, value: string): void {
  const steps = name.split(".", JSON_LIMITS.maxDepth + 1);
  if (steps.length > JSON_LIMITS.maxDepth)
    throw malformedRequest("A parameter is nested too deep.");
  let branch = tree;
  for (const step of steps.slice(0, -1)) {
    branch[step] ??= Object.create(null) as Tree;
    const next = branch[step];
    if (typeof next === "string") throw unknownParameter(name);
    branch = next;
  }
  const last = steps.at(-1)!;
  if (branch[last] !== undefined) throw unknownParameter(name);
  branch[last] = value;
}

function shaped(value: Tree | string, schema: z.ZodType | undefined): unknown {
  if (typeof value === "string") return coerced(value, plainSchema(schema));
  const members = Object.entries(value).map(
    ([name, member]) => [name, shaped(member, memberSchema(schema, name))] as const,
  );
  if (plainSchema(schema) instanceof z.ZodArray && isDense(value)) {
    // Names that are whole numbers come in rising order, whatever order they were planted in.
    return members.map(([, member]) => member);
  }
  return Object.fromEntries(members);
}

function isDense(tree: Tree): boolean {
  return Object.keys(tree).every((_, i) => tree[String(i)] !== undefined);
}

function coerced(text: string, type: z.ZodType | undefined): unknown {
  if (type instanceof z.ZodNumber && /^-?\d{1,20}(\.\d{1,20})?(e[+-]?\d{1,3})?$/i.test(text)) {
    return Number(text);
  }
  if (type instanceof z.ZodBoolean && /^(true|false)$/i.test(text)) return /^t/i.test(text);
  return text;
}
