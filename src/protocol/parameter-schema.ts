import { z } from "zod";

/** Returns a schema without the wrapper that makes it optional. */
export function plainSchema(schema: z.ZodType | undefined): z.ZodType | undefined {
  return schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
}

/** Returns the schema of a member or an element, or undefined where the schema knows none. */
export function memberSchema(
  schema: z.ZodType | undefined,
  name: PropertyKey,
): z.ZodType | undefined {
  const plain = plainSchema(schema);
  if (plain instanceof z.ZodArray) return plain.element as z.ZodType;
  if (!(plain instanceof z.ZodObject) || !Object.hasOwn(plain.shape, name)) return undefined;
  return plain.shape[String(name)];
}

/** Returns the word of the original's messages for a schema's type. */
export function typeWordOf(schema: z.ZodType | undefined): string {
  const plain = plainSchema(schema);
  if (plain instanceof z.ZodNumber) return plain.format === "safeint" ? "integer" : "float";
  if (plain instanceof z.ZodBoolean) return "boolean";
  if (plain instanceof z.ZodArray) return "array";
  return plain instanceof z.ZodObject ? "object" : "string";
}
