import { hmacSha256, isSameText, sha256Hex } from "../digests.ts";
import type { CanonicalParts, Tc3Scope } from "./tc3-signature.ts";
import {
  canonicalRequest,
  signingKey,
  stringToSign,
  tc3Signature,
  UNSIGNED_PAYLOAD,
} from "./tc3-signature.ts";
import type { Tc3Request } from "./verify-tc3.ts";

/** In which part, and how, the text that a client signed differs from what it sent. */
export interface Difference {
  readonly kind: keyof typeof DIFFERENCES | "unexplained";
  /** What was signed and what was sent, where there is more to say than the kind. */
  readonly signed?: string;
  readonly sent?: string;
}

/** The mistakes that are tried, as the log names them: never a secret. */
const DIFFERENCES = {
  "body-empty": "body: signed as empty",
  "body-unsigned": `body: signed as ${UNSIGNED_PAYLOAD} without the header that says so`,
  "body-trimmed": "body: signed without the blanks around it",
  "body-line-break": "body: signed with a line break at its end",
  "body-rewritten": "body: signed in another JSON spelling",
  "body-crlf": "body: signed with other line breaks",
  host: "host: signed as {signed}, sent as {sent}",
  "content-type": "content-type: signed as {signed}, sent as {sent}",
  method: "method: signed as {signed}",
  "header-order": "signed headers: joined in another order",
  "query-empty": "query: signed as empty",
  "query-order": "query: signed in another order",
  "query-decoded": "query: signed decoded",
  service: "service: derived for {signed}, sent as {sent}",
  date: "date: derived for {signed}, sent as {sent}",
  "key-bare": "SecretKey: used without the prefix TC3",
  "key-line-break": "SecretKey: with a line break at its end",
  "key-blank": "SecretKey: with a blank at its end",
} as const;

/** What a client may have signed instead of what it sent. */
export interface Guess extends Difference {
  readonly parts?: Partial<CanonicalParts>;
  readonly service?: string;
  readonly date?: string;
  readonly secretKey?: string;
}

/**
 * Says in which part a signature that does not fit differs, by trying the mistakes that clients are known to make.
 * A MAC cannot be taken apart, so what none of them explains is one of key, body and another header.
 * `asSent` are the parts of the canonical request in the documented spelling; `more` are tried after our own.
 */
export function findDifference(
  request: Tc3Request,
  secretKey: string,
  asSent: CanonicalParts,
  more: readonly Guess[] = [],
): Difference {
  const { authorization: auth, timestampText } = request;
  // Derived once: it is most of the work, and most guesses are about something else.
  const usualKey = signingKey(secretKey, auth);
  const keyOf = ({ kind, date, service, secretKey: otherKey }: Guess, scope: Tc3Scope) => {
    if (kind === "key-bare") return withoutPrefix(secretKey, scope);
    const isUsual = (date ?? service ?? otherKey) === undefined;
    return isUsual ? usualKey : signingKey(otherKey ?? secretKey, scope);
  };
  const isSignedAs = (guess: Guess): boolean => {
    const scope = { date: guess.date ?? auth.date, service: guess.service ?? auth.service };
    const text = canonicalRequest({ ...asSent, ...guess.parts });
    const key = keyOf(guess, scope);
    const signature = tc3Signature(key, stringToSign(timestampText, scope, text));
    return isSameText(signature, auth.signature);
  };
  const found = [
    ...bodyGuesses(request),
    ...headerGuesses(request, asSent),
    ...lineGuesses(asSent),
    ...keyGuesses(secretKey, auth.service),
    ...more,
  ].find(isSignedAs);
  if (found === undefined) return { kind: "unexplained" };
  const { kind, signed, sent } = found;
  return {
    kind,
    ...(signed === undefined ? {} : { signed }),
    ...(sent === undefined ? {} : { sent }),
  };
}

/** Returns the log's words for a difference. */
export function describeDifference({ kind, signed = "", sent = "" }: Difference): string {
  if (kind === "unexplained") return "SecretKey, body or another signed header";
  return DIFFERENCES[kind].replace("{signed}", () => signed).replace("{sent}", () => sent);
}

function bodyGuesses({ body }: Tc3Request): Guess[] {
  const signedAs = (kind: Guess["kind"], text: string | Uint8Array): Guess => ({
    kind,
    parts: { payloadSha256: sha256Hex(text) },
  });
  // Bodies of megabytes are not copied for a guess.
  const text = body.length <= 65_536 ? new TextDecoder().decode(body) : undefined;
  return [
    signedAs("body-empty", ""),
    signedAs("body-unsigned", UNSIGNED_PAYLOAD),
    ...(text === undefined
      ? []
      : [signedAs("body-trimmed", text.trim()), signedAs("body-line-break", `${text}\n`)]),
  ];
}

/** Hosts and types that clients sign while something else is sent, often by a proxy between. */
function headerGuesses({ headers }: Tc3Request, asSent: CanonicalParts): Guess[] {
  const replaced = (
    kind: "host" | "content-type",
    values: readonly (string | undefined)[],
  ): Guess[] =>
    values
      .filter((value) => value !== undefined)
      .map((value) => ({
        kind,
        signed: value,
        sent: headers.get(kind) ?? "",
        parts: {
          headers: asSent.headers.map(([key, sent]) => [key, key === kind ? value : sent] as const),
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
  const guesses: Guess[] = [{ kind: "method", signed: method, parts: { method } }];
  if (asSent.query === "") return guesses;
  const sorted = asSent.query.split("&").sort().join("&");
  return [
    ...guesses,
    { kind: "query-empty", parts: { query: "" } },
    { kind: "query-order", parts: { query: sorted } },
    { kind: "query-decoded", parts: { query: unescaped(asSent.query) } },
  ];
}

function keyGuesses(secretKey: string, service: string): Guess[] {
  return [
    { kind: "service", signed: "facefusion", sent: service, service: "facefusion" },
    { kind: "key-bare" },
    { kind: "key-line-break", secretKey: `${secretKey}\n` },
    { kind: "key-blank", secretKey: `${secretKey} ` },
  ];
}

function withoutPrefix(secretKey: string, scope: Tc3Scope): Uint8Array {
  return [scope.date, scope.service, "tc3_request"].reduce<Uint8Array>(
    (key, text) => hmacSha256(key, text),
    new TextEncoder().encode(secretKey),
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
