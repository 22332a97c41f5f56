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
  /** JSON. */
  readonly body: string | Uint8Array;
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
  /** All headers of the POST but `Host`. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Returns the headers of a signed POST (all but `Host`), as the official documents build them. */
export function signTc3(call: Tc3Call): Readonly<Record<string, string>> {
  return explainTc3(call).headers;
}

/** As {@link signTc3}, with every step on the way. */
export function explainTc3(call: Tc3Call): ExplainedSignature {
  const scope = { date: scopeDate(call.timestamp), service: call.service ?? "facefusion" };
  const signedHeaders = [
    ["content-type", JSON_TYPE],
    ["host", call.host.toLowerCase()],
    ["x-tc-action", call.action.toLowerCase()],
  ] as const;
  const canonical = canonicalRequest({
    method: "POST",
    query: "",
    headers: signedHeaders,
    payloadSha256: sha256Hex(call.body),
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

const JSON_TYPE = "application/json";

function commonHeaders(call: Tc3Call): Record<string, string> {
  return {
    "Content-Type": JSON_TYPE,
    "X-TC-Action": call.action,
    "X-TC-Version": call.version,
    "X-TC-Region": call.region,
    "X-TC-Timestamp": String(call.timestamp),
    ...(call.language === undefined ? {} : { "X-TC-Language": call.language }),
    ...(call.token === undefined ? {} : { "X-TC-Token": call.token }),
  };
}
