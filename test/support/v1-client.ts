import { createHmac } from "node:crypto";
import type { ClientKey, RawAnswer } from "./tc3-client.ts";
import { send } from "./tc3-client.ts";

/** Everything of a v1 call that a test may want to bend. */
export interface V1Options {
  readonly method?: "GET" | "POST";
  /** Parameters beside or instead of the common ones; undefined leaves one out. */
  readonly parameters?: Readonly<Record<string, string | undefined>>;
  /** The hash, whatever `SignatureMethod` says. */
  readonly hash?: "sha1" | "sha256";
  /** Host as signed. */
  readonly signedHost?: string;
  /** Last word on the signature. */
  readonly signature?: (text: string) => string;
  /** Parameters that are changed after signing. */
  readonly afterwards?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Signs in the older way, as the documents say, and sends. */
export function sendV1(
  address: string,
  key: ClientKey,
  options: V1Options = {},
): Promise<RawAnswer> {
  const { method = "GET", hash = "sha1" } = options;
  const { host } = new URL(address);
  const all: Readonly<Record<string, string | undefined>> = {
    Action: "FuseFaceUltra",
    Version: "2022-09-27",
    Region: "ap-guangzhou",
    Timestamp: String(Math.floor(Date.now() / 1000)),
    Nonce: "11886",
    SecretId: key.secretId,
    ...options.parameters,
  };
  const pairs = Object.entries(all).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  const joined = pairs
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const text = `${method}${options.signedHost ?? host}/?${joined}`;
  const plain = createHmac(hash, key.secretKey).update(text).digest("base64");
  const signed = {
    ...Object.fromEntries(pairs),
    Signature: options.signature?.(plain) ?? plain,
    ...options.afterwards,
  };
  const form = new URLSearchParams(signed).toString();
  return send(address, {
    method,
    target: method === "GET" ? `/?${form}` : "/",
    ...(method === "POST" ? { body: form } : {}),
    headers: {
      Host: host,
      ...(method === "POST" ? { "Content-Type": "application/x-www-form-urlencoded" } : {}),
      ...options.headers,
    },
  });
}
