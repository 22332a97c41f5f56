import { createHmac } from "node:crypto";
import { isSameText } from "../constant-time.ts";
import type { CanonicalParts } from "./tc3-signature.ts";
import {
  canonicalRequest,
  sha256Hex,
  signingKey,
  stringToSign,
  tc3Signature,
  UNSIGNED_PAYLOAD,
} from "./tc3-signature.ts";
import type { Tc3Request } from "./verify-tc3.ts";

/** What a client may have signed instead of what it sent. */
interface Guess {
  /** The part that differs and how, for the log: never a secret. */
  readonly difference: string;
  readonly parts?: Partial<CanonicalParts>;
  readonly service?: string;
  readonly secretKey?: string;
  readonly hasBareKey?: boolean;
}

/**
 * Says in which part a signature that does not fit differs, by trying the mistakes that clients are known to make.
 * A MAC cannot be taken apart, so what none of them explains is one of key, body and another header.
 * `asSent` are the parts of the canonical request in the documented spelling.
 */
export function findDifference(
  request: Tc3Request,
  secretKey: string,
  asSent: CanonicalParts,
): string {
  const { authorization: auth, timestampText } = request;
  const isSignedAs = (guess: Guess): boolean => {
    const scope = { date: auth.date, service: guess.service ?? auth.service };
    const text = canonicalRequest({ ...asSent, ...guess.parts });
    const key = guess.hasBareKey
      ? withoutPrefix(secretKey, scope)
      : signingKey(guess.secretKey ?? secretKey, scope);
    const signature = tc3Signature(key, stringToSign(timestampText, scope, text));
    return isSameText(signature, auth.signature);
  };
  const found = [
    ...bodyGuesses(request),
    ...headerGuesses(request, asSent),
    ...lineGuesses(asSent),
    ...keyGuesses(secretKey, auth.service),
  ].find(isSignedAs);
  return found?.difference ?? "SecretKey, body or another signed header";
}

function bodyGuesses({ body }: Tc3Request): Guess[] {
  const signedAs = (difference: string, text: string | Uint8Array): Guess => ({
    difference: `body: ${difference}`,
    parts: { payloadSha256: sha256Hex(text) },
  });
  // Bodies of megabytes are not copied for a guess.
  const text = body.length <= 65_536 ? body.toString("utf8") : undefined;
  return [
    signedAs("signed as empty", ""),
    signedAs(`signed as ${UNSIGNED_PAYLOAD} without the header that says so`, UNSIGNED_PAYLOAD),
    ...(text === undefined
      ? []
      : [
          signedAs("signed without the blanks around it", text.trim()),
          signedAs("signed with a line break at its end", `${text}\n`),
        ]),
  ];
}

/** Hosts and types that clients sign while something else is sent, often by a proxy between. */
function headerGuesses({ headers }: Tc3Request, asSent: CanonicalParts): Guess[] {
  const replaced = (name: string, values: readonly (string | undefined)[]): Guess[] =>
    values
      .filter((value) => value !== undefined)
      .map((value) => ({
        difference: `${name}: signed as ${value}, sent as ${headers.get(name)}`,
        parts: {
          headers: asSent.headers.map(([key, sent]) => [key, key === name ? value : sent] as const),
        },
      }));
  return [
    ...replaced("host", [
      headers.get("x-forwarded-host"),
      "facefusion.tencentcloudapi.com",
      `facefusion.${headers.get("x-tc-region")}.tencentcloudapi.com`,
    ]),
    ...replaced("content-type", [
      "application/json",
      "application/json; charset=utf-8",
      "application/x-www-form-urlencoded",
    ]),
  ];
}

function lineGuesses(asSent: CanonicalParts): Guess[] {
  const method = asSent.method === "GET" ? "POST" : "GET";
  const guesses: Guess[] = [{ difference: `method: signed as ${method}`, parts: { method } }];
  if (asSent.query === "") return guesses;
  const sorted = asSent.query.split("&").sort().join("&");
  return [
    ...guesses,
    { difference: "query: signed as empty", parts: { query: "" } },
    { difference: "query: signed in another order", parts: { query: sorted } },
    { difference: "query: signed decoded", parts: { query: unescaped(asSent.query) } },
  ];
}

function keyGuesses(secretKey: string, service: string): Guess[] {
  return [
    { difference: `service: derived for facefusion, sent as ${service}`, service: "facefusion" },
    { difference: "SecretKey: used without the prefix TC3", hasBareKey: true },
    { difference: "SecretKey: with a line break at its end", secretKey: `${secretKey}\n` },
    { difference: "SecretKey: with a blank at its end", secretKey: `${secretKey} ` },
  ];
}

function withoutPrefix(
  secretKey: string,
  scope: { readonly date: string; readonly service: string },
): Buffer {
  return [scope.date, scope.service, "tc3_request"].reduce(
    (key, text) => createHmac("sha256", key).update(text).digest(),
    Buffer.from(secretKey),
  );
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Cannot have been signed decoded; the text itself was tried already.
    return text;
  }
}
