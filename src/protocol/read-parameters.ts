import type { z } from "zod";
import type { ApiCall } from "./api-call.ts";
import { contentTypeOf } from "./api-call.ts";
import { checkParameters } from "./check-parameters.ts";
import { unsupportedContentType } from "./errors.ts";
import { parseGuardedJson } from "./json-guard.ts";
import { nestParameters } from "./nest-parameters.ts";

/** The common parameters that a v1 call carries among the action's own. */
const V1_COMMON: ReadonlySet<string> = new Set([
  "Action",
  "Version",
  "Timestamp",
  "Region",
  "SecretId",
  "Signature",
  "SignatureMethod",
  "Nonce",
  "Token",
  "Language",
  "RequestClient",
]);

/**
 * Reads an action's parameters from a call whose signature has been checked. Throws `unsupported-content-type`,
 * `malformed-request`, `unknown-parameter`, `wrong-parameter-type`, `missing-parameter`.
 */
export function readParameters<S extends z.ZodObject>(call: ApiCall, schema: S): z.infer<S> {
  if (call.family === "tc3" && call.request.method === "POST") {
    checkIsJson(call);
    return checkParameters(schema, parseGuardedJson(bufferOver(call.request.body)));
  }
  const pairs = [...call.pairs].filter(([name]) => call.family === "tc3" || !V1_COMMON.has(name));
  return checkParameters(schema, nestParameters(new Map(pairs), schema));
}

function bufferOver({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function checkIsJson(call: ApiCall): void {
  if (contentTypeOf(call.request) === "application/json") return;
  throw unsupportedContentType(call.request.headers.get("content-type") ?? "");
}
