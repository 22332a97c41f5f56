import type { ApiCall } from "../protocol/api-call.ts";
import { isToldByHeaders, readApiCall } from "../protocol/api-call.ts";
import { identifyCaller } from "../protocol/authenticate.ts";
import type { WireRequest } from "../protocol/wire-request.ts";
import type { CallParts } from "./answer-call.ts";

/**
 * Checks all that the headers of a call tell while its body is still with the caller: form, common parameters,
 * SecretId, token and age, with the same faults in the same order as the chain's. Strangers cannot make the server
 * take in megabytes. A v1 call by POST tells all of that in its body and passes.
 */
export async function checkBeforeBody(request: WireRequest, parts: CallParts): Promise<void> {
  if (!isToldByHeaders(request)) return;
  const call: ApiCall = readApiCall(request, parts.requiresRegion);
  await identifyCaller(call, { ...parts, findKey: parts.accounts.findCredential });
}
