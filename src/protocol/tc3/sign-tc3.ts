import { sha256Hex } from "../digests.ts";
import { formatAuthorization } from "./authorization.ts";
import {
  canonicalRequest,
  scopeDate,
  signingKey,
  stringToSign,
  tc3Signature,
} from "./tc3-signature.ts";

/** A call to be signed by a client. */
export interface Tc3Call {
  readonly secretId: string;
  readonly secretKey: string;
  /** Host as it goes into the `Host` header, with its port if it is not the scheme's own. */
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly region: string;
  /** JSON of a POST; a GET has none. */
  readonly body: string | Uint8Array;
  /** Raw query, which makes the call a GET. */
  readonly query?: string;
  /** Unix time in seconds. */
  readonly timestamp: number;
  readonly language?: string;
  /** Of a temporary key. */
  readonly token?: string;
  /** Service of the credential scope; `facefusion` without. */
  readonly service?: string;
}

/** A signature with the texts it was made of. */
export interface ExplainedSignature {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  /** Hex. */
  readonly signature: string;
  /** All headers of the request but `Host`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Returns the headers of a signed request (all but `Host`), as the official documents build them. */
export function signTc3(call: Tc3Call): Readonly<Record<string, string>> {
  return explainTc3(call).headers;
}

/** As {@link signTc3}, with every step on the way. */
export function explainTc3(call: Tc3Call): ExplainedSignature {
  const scope = { date: scopeDate(call.timestamp), service: call.service ?? "facefusion" };
  const isGet = call.query !== undefined;
  const signedHeaders = [
    ["content-type", contentTypeOf(call)],
    ["host", call.host.toLowerCase()],
    ["x-tc-action", call.action.toLowerCase()],
  ] as const;
  const canonical = canonicalRequest({
    method: isGet ? "GET" : "POST",
    query: call.query ?? "",
    headers: signedHeaders,
    payloadSha256: sha256Hex(isGet ? "" : call.body),
  });
  const text = stringToSign(String(call.timestamp), scope, canonical);
  const signature = tc3Signature(signingKey(call.secretKey, scope), text);
  const authorization = formatAuthorization({
    secretId: call.secretId,
    ...scope,
    signedHeaders: signedHeaders.map(([name]) => name).join(";"),
    signature,
  });
  const headers = { ...commonHeaders(call), Authorization: authorization };
  return { canonicalRequest: canonical, stringToSign: text, signature, headers };
}

/** A GET has a type too, and must sign it. */
function contentTypeOf({ query }: Tc3Call): string {
  return query === undefined ? "application/json" : "application/x-www-form-urlencoded";
}

function commonHeaders(call: Tc3Call): Record<string, string> {
  return {
    "Content-Type": contentTypeOf(call),
    "X-TC-Action": call.action,
    "X-TC-Version": call.version,
    "X-TC-Region": call.region,
    "X-TC-Timestamp": String(call.timestamp),
    ...(call.language === undefined ? {} : { "X-TC-Language": call.language }),
    ...(call.token === undefined ? {} : { "X-TC-Token": call.token }),
  };
}
