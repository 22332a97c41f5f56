import { hmacSha256, hmacSha256Hex, sha256Hex, sha256HexOf } from "./sha256.ts";

/** A key as the server or an operator hands it out. */
export interface Key {
  readonly secretId: string;
  readonly secretKey: string;
  /** Of temporary keys. */
  readonly token?: string | undefined;
}

/** A call to be signed. */
export interface UnsignedCall {
  readonly action: string;
  readonly version: string;
  readonly region: string;
  /** Language of the gateway's messages, `en-US` or `zh-CN`. */
  readonly language: string;
  /** Host with port, as the browser will send it. */
  readonly host: string;
  /** JSON. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** Unix time in seconds. */
  readonly timestamp: number;
  /** Further headers, signed as well; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A signed call, with the texts on the way for people who want to see them. */
export interface SignedCall {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly signature: string;
  /** All headers but `Host`, which the browser sets. */
  readonly headers: Readonly<Record<string, string>>;
}

const ALGORITHM = "TC3-HMAC-SHA256";
const TERMINATOR = "tc3_request";
const SERVICE = "facefusion";
const JSON_TYPE = "application/json";

/** Signs a POST by TC3-HMAC-SHA256 (docs/api.md has the steps). */
export async function signCall(call: UnsignedCall, key: Key): Promise<SignedCall> {
  const signed = signedHeaders(call);
  const names = signed.map(([name]) => name).join(";");
  const canonicalRequest = [
    ...["POST", "/", ""],
    ...signed.map(([name, value]) => `${name}:${value}`),
    ...["", names, await sha256HexOf(call.body)],
  ].join("\n");
  const date = new Date(call.timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${SERVICE}/${TERMINATOR}`;
  const stringToSign = [ALGORITHM, call.timestamp, scope, sha256Hex(canonicalRequest)].join("\n");
  const signature = hmacSha256Hex(signingKey(key.secretKey, date), stringToSign);
  const credential = `Credential=${key.secretId}/${scope}`;
  const authorization = `${ALGORITHM} ${credential}, SignedHeaders=${names}, Signature=${signature}`;
  const headers = { ...headersOf(call, key), Authorization: authorization };
  return { canonicalRequest, stringToSign, signature, headers };
}

/** Names in lower case and in order, values in lower case. */
function signedHeaders(call: UnsignedCall): (readonly [name: string, value: string])[] {
  const headers = {
    "content-type": JSON_TYPE,
    host: call.host,
    "x-tc-action": call.action,
    ...call.headers,
  };
  return Object.entries(headers)
    .map(([name, value]) => [name, value.toLowerCase()] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function signingKey(secretKey: string, date: string): Uint8Array {
  return hmacSha256(hmacSha256(hmacSha256(`TC3${secretKey}`, date), SERVICE), TERMINATOR);
}

function headersOf(call: UnsignedCall, { token }: Key): Record<string, string> {
  return {
    "Content-Type": JSON_TYPE,
    "X-TC-Action": call.action,
    "X-TC-Version": call.version,
    "X-TC-Timestamp": String(call.timestamp),
    "X-TC-Region": call.region,
    "X-TC-Language": call.language,
    ...(token === undefined ? {} : { "X-TC-Token": token }),
    ...call.headers,
  };
}
