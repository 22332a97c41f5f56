import { isSameText } from "../digests.ts";
import type { V1Method } from "./v1-signature.ts";
import { V1_METHODS, v1Signature, v1StringToSign } from "./v1-signature.ts";
import type { V1Request } from "./verify-v1.ts";

/** In which part, and how, the text that a client signed by v1 differs from what it sent. */
export interface V1Difference {
  readonly kind: keyof typeof DIFFERENCES | "unexplained";
  /** What was signed and what was sent, where there is more to say than the kind. */
  readonly signed?: string;
  readonly sent?: string;
}

/** The mistakes that are tried, as the log names them: never a secret. */
const DIFFERENCES = {
  method: "method: signed as {signed}, sent as {sent}",
  hash: "SignatureMethod: signed by {signed}, sent as {sent}",
  host: "host: signed as {signed}, sent as {sent}",
  "values-encoded": "values: signed percent-encoded",
  "values-plus": "values: a + was sent without percent-encoding and read as a blank",
  "values-empty": "values: empty ones left out of the signed text",
  "lists-array": "lists: signed as the word Array, as one client does; use TC3",
  "hash-left-out": "SignatureMethod: sent but left out of the signed text",
  order: "parameters: signed in the order sent, not in that of their names",
  path: "path: signed without /",
  "signature-plus": "Signature: its + was sent without percent-encoding and read as a blank",
  "key-line-break": "SecretKey: with a line break at its end",
  "key-blank": "SecretKey: with a blank at its end",
  "key-prefixed": "SecretKey: used with the prefix TC3",
} as const;

/** What a client may have signed instead of what it sent. */
interface Guess extends V1Difference {
  /** The text that was signed; that of the request without. */
  readonly text?: string;
  readonly hash?: V1Method;
  readonly secretKey?: string;
  /** The signature as it was meant. */
  readonly claimed?: string;
}

/** What was signed, and how, as the server reads it. */
export interface SignedText {
  readonly host: string;
  readonly text: string;
  readonly hash: V1Method;
  readonly claimed: string;
}

/** Longer forms are not signed a dozen times over for a guess. */
const MAX_TEXT = 65_536;

type Pairs = readonly (readonly [name: string, value: string])[];

/**
 * Says in which part a v1 signature that does not fit differs, by trying the mistakes that clients are known to make.
 * What none of them explains is one of key and parameters, for a MAC cannot be taken apart.
 */
export function findV1Difference(
  request: V1Request,
  secretKey: string,
  signed: SignedText,
): V1Difference {
  if (signed.text.length > MAX_TEXT) return { kind: "unexplained" };
  const pairs = [...request.pairs].filter(([name]) => name !== "Signature");
  const found = [
    ...methodGuesses(request, signed, pairs),
    ...hostGuesses(request, pairs),
    ...valueGuesses(request, signed, pairs),
    ...keyGuesses(secretKey),
  ].find(({ text = signed.text, hash = signed.hash, claimed = signed.claimed, ...guess }) =>
    isSameText(v1Signature(guess.secretKey ?? secretKey, hash, text), claimed),
  );
  if (found === undefined) return { kind: "unexplained" };
  const { kind, signed: was, sent } = found;
  return {
    kind,
    ...(was === undefined ? {} : { signed: was }),
    ...(sent === undefined ? {} : { sent }),
  };
}

/** Returns the log's words for a difference. */
export function describeV1Difference({ kind, signed = "", sent = "" }: V1Difference): string {
  if (kind === "unexplained") return "SecretKey or a parameter";
  return DIFFERENCES[kind].replace("{signed}", () => signed).replace("{sent}", () => sent);
}

function methodGuesses(request: V1Request, signed: SignedText, pairs: Pairs): Guess[] {
  const method = request.method === "GET" ? "POST" : "GET";
  const others = (Object.keys(V1_METHODS) as V1Method[]).filter((hash) => hash !== signed.hash);
  return [
    {
      kind: "method",
      signed: method,
      sent: request.method,
      text: v1StringToSign(method, signed.host, pairs),
    },
    ...others.map((hash) => ({ kind: "hash", signed: hash, sent: signed.hash, hash }) as const),
  ];
}

function hostGuesses({ method, headers, pairs: sent }: V1Request, pairs: Pairs): Guess[] {
  return [
    headers.get("x-forwarded-host"),
    "facefusion.tencentcloudapi.com",
    `facefusion.${sent.get("Region")}.tencentcloudapi.com`,
  ]
    .filter((guess) => guess !== undefined)
    .map((guess) => ({
      kind: "host",
      signed: guess,
      sent: headers.get("host") ?? "",
      text: v1StringToSign(method, guess, pairs),
    }));
}

function valueGuesses({ method }: V1Request, signed: SignedText, pairs: Pairs): Guess[] {
  const signedAs = (kind: Guess["kind"], changed: Pairs): Guess => ({
    kind,
    text: v1StringToSign(method, signed.host, changed),
  });
  const replaced = (change: (value: string) => string): Pairs =>
    pairs.map(([name, value]) => [name, change(value)] as const);
  const inOrder = pairs.map(([name, value]) => `${name}=${value}`).join("&");
  return [
    signedAs("values-encoded", replaced(encodeURIComponent)),
    signedAs(
      "values-plus",
      replaced((value) => value.replaceAll(" ", "+")),
    ),
    signedAs(
      "values-empty",
      pairs.filter(([, value]) => value !== ""),
    ),
    signedAs("lists-array", asArrays(pairs)),
    signedAs(
      "hash-left-out",
      pairs.filter(([name]) => name !== "SignatureMethod"),
    ),
    {
      kind: "order",
      text: `${method}${signed.host}/?${inOrder}`,
    },
    {
      kind: "path",
      text: signed.text.replace("/?", "?"),
    },
    {
      kind: "signature-plus",
      claimed: signed.claimed.replaceAll(" ", "+"),
    },
  ];
}

/** The PHP client sends `MergeInfos[0][Url]=…` and signs `MergeInfos=Array`. */
function asArrays(pairs: Pairs): Pairs {
  const named = pairs.map(([name, value]) =>
    name.includes("[")
      ? ([name.slice(0, name.indexOf("[")), "Array"] as const)
      : ([name, value] as const),
  );
  return [...new Map(named)];
}

function keyGuesses(secretKey: string): Guess[] {
  return [
    { kind: "key-line-break", secretKey: `${secretKey}\n` },
    { kind: "key-blank", secretKey: `${secretKey} ` },
    { kind: "key-prefixed", secretKey: `TC3${secretKey}` },
  ];
}
