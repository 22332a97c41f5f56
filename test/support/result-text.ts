import assert from "node:assert/strict";
import type { OpenedResult } from "../../src/storage/storage.ts";

/** Reads an opened result whole. */
export async function textOf(result: OpenedResult | undefined): Promise<string | undefined> {
  if (result === undefined) return undefined;
  const chunks: Uint8Array[] = [];
  for await (const chunk of result.read()) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  assert.equal(bytes.length, result.byteLength);
  return bytes.toString();
}
