import { isSameText } from "../digests.ts";
import type { V1Method } from "./v1-signature.ts";
import { V1_METHODS, v1Signature, v1StringToSign } from "./v1-signature.ts";
import type { V1Request } from "./verify-v1.ts";

/** What a client may have signed instead of what it sent. */
interface Guess {
  /** The part that differs and how, for the log: never a secret. */
  readonly difference: string;
  /** The text that was signed; that of the request without. */
  readonly text?: string;
  readonly hash?: V1Method;
  readonly secretKey?: string;
  /** The signature as it was meant. */
  readonly claimed?: string;
}

/** What was signed, and how, as the server reads it. */
interface SignedText {
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
): string {
  const unexplained = "SecretKey or a parameter";
  if (signed.text.length > MAX_TEXT) return unexplained;
  const pairs = [...request.pairs].filter(([name]) => name !== "Signature");
  const found = [
    ...methodGuesses(request, signed, pairs),
    ...hostGuesses(request, pairs),
    ...valueGuesses(request, signed, pairs),
    ...keyGuesses(secretKey),
  ].find(({ text = signed.text, hash = signed.hash, claimed = signed.claimed, ...guess }) =>
    isSameText(v1Signature(guess.secretKey ?? secretKey, hash, text), claimed),
  );
  return found?.difference ?? unexplained;
}

function methodGuesses(request: V1Request, signed: SignedText, pairs: Pairs): Guess[] {
  const method = request.method === "GET" ? "POST" : "GET";
  const others = (Object.keys(V1_METHODS) as V1Method[]).filter((hash) => hash !== signed.hash);
  return [
    {
      difference: `method: signed as ${method}, sent as ${request.method}`,
      text: v1StringToSign(method, signed.host, pairs),
    },
    ...others.map((hash) => ({
      difference: `SignatureMethod: signed by ${hash}, sent as ${signed.hash}`,
      hash,
    })),
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
      difference: `host: signed as ${guess}, sent as ${headers.get("host")}`,
      text: v1StringToSign(method, guess, pairs),
    }));
}

function valueGuesses({ method }: V1Request, signed: SignedText, pairs: Pairs): Guess[] {
  const signedAs = (difference: string, changed: Pairs): Guess => ({
    difference,
    text: v1StringToSign(method, signed.host, changed),
  });
  const replaced = (change: (value: string) => string): Pairs =>
    pairs.map(([name, value]) => [name, change(value)] as const);
  const inOrder = pairs.map(([name, value]) => `${name}=${value}`).join("&");
  return [
    signedAs("values: signed percent-encoded", replaced(encodeURIComponent)),
    signedAs(
      "values: a + was sent without percent-encoding and read as a blank",
      replaced((value) => value.replaceAll(" ", "+")),
    ),
    signedAs(
      "values: empty ones left out of the signed text",
      pairs.filter(([, value]) => value !== ""),
    ),
    signedAs("lists: signed as the word Array, as one client does; use TC3", asArrays(pairs)),
    signedAs(
      "SignatureMethod: sent but left out of the signed text",
      pairs.filter(([name]) => name !== "SignatureMethod"),
    ),
    {
      difference: "parameters: signed in the order sent, not in that of their names",
      text: `${method}${signed.host}/?${inOrder}`,
    },
    {
      difference: "path: signed without /",
      text: signed.text.replace("/?", "?"),
    },
    {
      difference: "Signature: its + was sent without percent-encoding and read as a blank",
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
    { difference: "SecretKey: with a line break at its end", secretKey: `${secretKey}\n` },
    { difference: "SecretKey: with a blank at its end", secretKey: `${secretKey} ` },
    { difference: "SecretKey: used with the prefix TC3", secretKey: `TC3${secretKey}` },
  ];
}
