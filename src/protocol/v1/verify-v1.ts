import { isSameText, sha256Hex } from "../digests.ts";
import { invalidParameterValue, signatureMismatch } from "../errors.ts";
import { hostCandidates } from "../host-candidates.ts";
import type { WireHeaders } from "../wire-request.ts";
import type { SignedText } from "./find-v1-difference.ts";
import { describeV1Difference, findV1Difference } from "./find-v1-difference.ts";
import type { FormPairs } from "./form.ts";
import type { V1Method } from "./v1-signature.ts";
import { V1_METHODS, v1Signature, v1StringToSign } from "./v1-signature.ts";

/** A request whose v1 signature is to be checked. */
export interface V1Request {
  readonly method: string;
  /** None of them is signed but the host. */
  readonly headers: WireHeaders;
  readonly pairs: FormPairs;
}

/** Reads `SignatureMethod`; absent means HmacSHA1. Throws `invalid-parameter-value`. */
function v1MethodOf(pairs: FormPairs): V1Method {
  const name = pairs.get("SignatureMethod") || "HmacSHA1";
  if (!Object.hasOwn(V1_METHODS, name)) throw invalidParameterValue("SignatureMethod", name);
  return name as V1Method;
}

/**
 * Checks a v1 signature and returns it; the host may have been signed in any of its spellings, and one client ends the
 * signature with a line break. Throws `signature-mismatch`.
 */
export function verifyV1(request: V1Request, secretKey: string): string {
  const signed = v1Spellings(request);
  const isValid = signed
    .map(({ text, hash, claimed }) => isSameText(v1Signature(secretKey, hash, text), claimed))
    .includes(true);
  const [documented] = signed;
  if (isValid) return documented!.claimed;
  throw signatureMismatch(describeV1Difference(findV1Difference(request, secretKey, documented!)), {
    stringToSignSha256: sha256Hex(documented!.text),
  });
}

/** Returns every text that the client may have signed, the documented one first. Throws `invalid-parameter-value`. */
export function v1Spellings({ method, headers, pairs }: V1Request): SignedText[] {
  const claimed = (pairs.get("Signature") ?? "").trim();
  const hash = v1MethodOf(pairs);
  return hostCandidates(headers.get("host") ?? "").map((host) => {
    return { host, text: v1StringToSign(method, host, pairs), hash, claimed };
  });
}
