import { isSameText, sha256Hex } from "../digests.ts";
import { invalidParameterValue, signatureMismatch } from "../errors.ts";
import { hostCandidates } from "../host-candidates.ts";
import type { FormPairs } from "./form.ts";
import type { V1Method } from "./v1-signature.ts";
import { V1_METHODS, v1Signature, v1StringToSign } from "./v1-signature.ts";

/** A request whose v1 signature is to be checked. */
export interface V1Request {
  readonly method: string;
  readonly host: string;
  readonly pairs: FormPairs;
}

/** Reads `SignatureMethod`; absent means HmacSHA1. Throws `invalid-parameter-value`. */
function v1MethodOf(pairs: FormPairs): V1Method {
  const name = pairs.get("SignatureMethod") || "HmacSHA1";
  if (!Object.hasOwn(V1_METHODS, name)) throw invalidParameterValue("SignatureMethod", name);
  return name as V1Method;
}

/**
 * Checks a v1 signature; the host may have been signed in any of its spellings, and one client ends the signature
 * with a line break. Throws `signature-mismatch`.
 */
export function verifyV1(request: V1Request, secretKey: string): void {
  const claimed = (request.pairs.get("Signature") ?? "").trim();
  const method = v1MethodOf(request.pairs);
  const texts = hostCandidates(request.host).map((host) =>
    v1StringToSign(request.method, host, request.pairs),
  );
  const isValid = texts
    .map((text) => isSameText(v1Signature(secretKey, method, text), claimed))
    .includes(true);
  if (!isValid) throw signatureMismatch("signature", { stringToSignSha256: sha256Hex(texts[0]!) });
}
