import { isSameText, sha256Hex } from "../digests.ts";
import { signatureMismatch } from "../errors.ts";
import { hostCandidates } from "../host-candidates.ts";
import type { WireHeaders } from "../wire-request.ts";
import type { Authorization } from "./authorization.ts";
import { describeDifference, findDifference } from "./find-difference.ts";
import type { CanonicalParts } from "./tc3-signature.ts";
import {
  canonicalRequest,
  scopeDate,
  signingKey,
  stringToSign,
  tc3Signature,
  UNSIGNED_PAYLOAD,
} from "./tc3-signature.ts";

/** A request whose TC3 signature is to be checked. */
export interface Tc3Request {
  readonly method: string;
  readonly query: string;
  readonly headers: WireHeaders;
  /** The body as it came, and its hex SHA-256. */
  readonly body: Uint8Array;
  readonly bodySha256: string;
  /** The `X-TC-Timestamp` header as sent, and its number. */
  readonly timestampText: string;
  readonly timestamp: number;
  readonly authorization: Authorization;
  readonly allowsUnsignedPayload: boolean;
}

/** Why a signature is refused before it is computed, as the log says it. */
const TC3_FAULTS = {
  date: "date of the scope",
  form: "form of the signature",
  payload: "unsigned payload",
  signedHeaders: "signed headers",
  missingHeader: "a signed header that was not sent",
} as const;

/** More names than this are no honest request's. */
const MAX_SIGNED_HEADERS = 64;

/**
 * Checks a signature over the raw request. Header values may have been signed lower-cased or as sent, the host in
 * any of its spellings: a superset that weakens nothing, since each is fixed by the request itself.
 * Returns the signature. Throws `signature-mismatch`.
 */
export function verifyTc3(request: Tc3Request, secretKey: string): string {
  const { authorization: auth, timestamp } = request;
  if (auth.date !== scopeDate(timestamp)) throw signatureMismatch(TC3_FAULTS.date);
  if (!/^[0-9a-f]{64}$/.test(auth.signature)) throw signatureMismatch(TC3_FAULTS.form);
  const key = signingKey(secretKey, auth);
  const spellings = canonicalSpellings(request);
  const isValid = spellings
    .map((parts) => stringToSign(request.timestampText, auth, canonicalRequest(parts)))
    .map((text) => isSameText(tc3Signature(key, text), auth.signature))
    .includes(true);
  if (isValid) return auth.signature;
  const [documented] = spellings;
  throw signatureMismatch(
    describeDifference(findDifference(request, secretKey, documented!)),
    digests(request, documented!),
  );
}

/**
 * Returns every canonical request that the client may have signed, the documented one first. Throws
 * `signature-mismatch` when the list of signed headers or the payload cannot be accepted at all.
 */
export function canonicalSpellings(request: Tc3Request): CanonicalParts[] {
  const payloadSha256 = payloadDigest(request);
  const query = request.method === "GET" ? request.query : "";
  return signedHeaderSpellings(request).map((headers) => {
    return { method: request.method, query, headers, payloadSha256 };
  });
}

function payloadDigest(request: Tc3Request): string {
  if (isPayloadSigned(request)) {
    return request.method === "GET" ? sha256Hex("") : request.bodySha256;
  }
  if (!request.allowsUnsignedPayload) throw signatureMismatch(TC3_FAULTS.payload);
  return sha256Hex(UNSIGNED_PAYLOAD);
}

/** Tells whether a TC3 signature is to cover the body; a client may leave it out by a header. */
export function isPayloadSigned({ headers }: { readonly headers: WireHeaders }): boolean {
  return headers.get("x-tc-content-sha256") !== UNSIGNED_PAYLOAD;
}

type HeaderList = [name: string, value: string][];

/** Returns every allowed spelling of the signed headers, the documented one first. */
function signedHeaderSpellings(request: Tc3Request): HeaderList[] {
  const names = signedNames(request.authorization.signedHeaders);
  const value = (name: string): string => request.headers.get(name)!.trim();
  return hostCandidates(value("host")).flatMap((host) => {
    const spelled = (change: (text: string) => string): HeaderList =>
      names.map((name) => [name, name === "host" ? host : change(value(name))]);
    const lower = spelled((text) => text.toLowerCase());
    const verbatim = spelled((text) => text);
    return lower.every(([, text], i) => text === verbatim[i]![1]) ? [lower] : [lower, verbatim];
  });

  function signedNames(text: string): string[] {
    const list = text.split(";");
    const isSorted = list.every((name, i) => i === 0 || list[i - 1]! < name);
    const isAllowed = list.length <= MAX_SIGNED_HEADERS && isSorted && text === text.toLowerCase();
    const isComplete = ["content-type", "host"].every((name) => list.includes(name));
    if (!isAllowed || !isComplete || list.includes("authorization")) {
      throw signatureMismatch(TC3_FAULTS.signedHeaders);
    }
    if (!list.every((name) => request.headers.has(name))) {
      throw signatureMismatch(TC3_FAULTS.missingHeader);
    }
    return list;
  }
}

/** What an operator compares with the client's own steps (`faceloom sign --explain` prints them). */
function digests(request: Tc3Request, parts: CanonicalParts): Record<string, string> {
  const canonical = canonicalRequest(parts);
  const text = stringToSign(request.timestampText, request.authorization, canonical);
  return {
    payloadSha256: parts.payloadSha256,
    canonicalRequestSha256: sha256Hex(canonical),
    stringToSignSha256: sha256Hex(text),
  };
}
