import { formText } from "../flatten-parameters.ts";
import type { V1Method } from "./v1-signature.ts";
import { v1Signature, v1StringToSign } from "./v1-signature.ts";

/** A call to be signed in the older way. */
export interface V1Call {
  readonly secretId: string;
  readonly secretKey: string;
  readonly method: "GET" | "POST";
  /** Host as it goes into the `Host` header, with its port if it is not the scheme's own. */
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly region: string;
  /** Unix time in seconds. */
  readonly timestamp: number;
  /** A whole number that makes equal calls differ. */
  readonly nonce: number;
  readonly hash: V1Method;
  /** The action's own, spelled out. */
  readonly parameters: readonly (readonly [name: string, value: string])[];
  readonly language?: string;
  /** Of a temporary key. */
  readonly token?: string;
}

/** A v1 signature with the text it was made of. */
export interface ExplainedV1 {
  readonly stringToSign: string;
  /** Base64. */
  readonly signature: string;
  /** All parameters, `Signature` too, percent-encoded: the query of a GET, the body of a POST. */
  readonly form: string;
}

/** Signs a call by HmacSHA1 or HmacSHA256, as the official documents do. */
export function explainV1(call: V1Call): ExplainedV1 {
  const pairs: [string, string][] = [
    ["Action", call.action],
    ["Version", call.version],
    ["Region", call.region],
    ["Timestamp", String(call.timestamp)],
    ["Nonce", String(call.nonce)],
    ["SecretId", call.secretId],
    ["SignatureMethod", call.hash],
    ...optional("Language", call.language),
    ...optional("Token", call.token),
    ...call.parameters.map(([name, value]): [string, string] => [name, value]),
  ];
  const stringToSign = v1StringToSign(call.method, call.host, pairs);
  const signature = v1Signature(call.secretKey, call.hash, stringToSign);
  return { stringToSign, signature, form: formText([...pairs, ["Signature", signature]]) };
}

function optional(name: string, value: string | undefined): [string, string][] {
  return value === undefined ? [] : [[name, value]];
}
