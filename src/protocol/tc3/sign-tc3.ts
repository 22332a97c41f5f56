import { formatAuthorization } from "./authorization.ts";
import {
  canonicalRequest,
  scopeDate,
  sha256Hex,
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
}

/** Returns the headers of a signed POST (all but `Host`), as the official documents build them. */
export function signTc3(call: Tc3Call): Record<string, string> {
  const type = "application/json";
  const scope = { date: scopeDate(call.timestamp), service: "facefusion" };
  const headers = [
    ["content-type", type],
    ["host", call.host.toLowerCase()],
    ["x-tc-action", call.action.toLowerCase()],
  ] as const;
  const canonical = canonicalRequest({
    method: "POST",
    query: "",
    headers,
    payloadSha256: sha256Hex(call.body),
  });
  const text = stringToSign(String(call.timestamp), scope, canonical);
  return {
    "Content-Type": type,
    "X-TC-Action": call.action,
    "X-TC-Version": call.version,
    "X-TC-Region": call.region,
    "X-TC-Timestamp": String(call.timestamp),
    ...(call.language === undefined ? {} : { "X-TC-Language": call.language }),
    Authorization: formatAuthorization({
      secretId: call.secretId,
      ...scope,
      signedHeaders: headers.map(([name]) => name).join(";"),
      signature: tc3Signature(signingKey(call.secretKey, scope), text),
    }),
  };
}
