import type { ApiCall } from "../../../src/protocol/api-call.ts";
import { sha256Hex } from "../../../src/protocol/digests.ts";
import { parseAuthorization } from "../../../src/protocol/tc3/authorization.ts";
import { findDifference } from "../../../src/protocol/tc3/find-difference.ts";
import type { CanonicalParts } from "../../../src/protocol/tc3/tc3-signature.ts";
import {
  canonicalRequest,
  scopeDate,
  signingKey,
  stringToSign,
  tc3Signature,
  UNSIGNED_PAYLOAD,
} from "../../../src/protocol/tc3/tc3-signature.ts";
import type { Tc3Request } from "../../../src/protocol/tc3/verify-tc3.ts";
import { canonicalSpellings } from "../../../src/protocol/tc3/verify-tc3.ts";
import { comparisonFindings, comparisonsOf } from "./compare-own-texts.ts";
import type { Finding, Inspection, InspectionInput, Steps } from "./inspection.ts";
import { finding } from "./inspection.ts";
import { patientGuesses } from "./patient-guesses.ts";

/** Goes through a TC3 signature. Throws what src/protocol throws for an `Authorization` that cannot be read. */
export function inspectTc3(call: ApiCall, input: InspectionInput): Inspection {
  const authorization = parseAuthorization(call.request.headers.get("authorization") ?? "");
  const request: Tc3Request = {
    ...call,
    ...call.request,
    authorization,
    allowsUnsignedPayload: true,
  };
  const before = [...scopeFindings(request), ...headerFindings(request)];
  if (before.some(({ kind }) => kind.startsWith("signed-header"))) {
    return { family: "tc3", findings: before, comparisons: [], verdict: "refused" };
  }
  const spellings = canonicalSpellings(request);
  const signed = signedSpelling(request, spellings, input.secretKey);
  const parts = signed ?? spellings[0]!;
  const steps = stepsOf(request, parts, input.secretKey);
  const comparisons = comparisonsOf(steps, input);
  const findings = [
    ...before,
    ...comparisonFindings(comparisons),
    ...keyFindings(request, { spellings, signed }, input),
  ];
  const isRefused = findings.some(({ level }) => level === "bad");
  const verdict = isRefused ? "refused" : signed === undefined ? "open" : "accepted";
  return { family: "tc3", findings, steps, comparisons, verdict };
}

function scopeFindings({ authorization, timestamp, headers }: Tc3Request): Finding[] {
  const { date, service, signature } = authorization;
  const right = scopeDate(timestamp);
  const isLocal = [-1, 1].some((days) => scopeDate(timestamp + days * 86_400) === date);
  return [
    ...(date === right
      ? []
      : [finding("bad", isLocal ? "date-local" : "date-wrong", { sent: date, right })]),
    ...(service === "facefusion" ? [] : [finding("warn", "service-other", { sent: service })]),
    ...(/^[0-9a-f]{64}$/.test(signature) ? [] : [finding("bad", "signature-form")]),
    ...(headers.get("x-tc-content-sha256") === UNSIGNED_PAYLOAD
      ? [finding("warn", "unsigned-payload")]
      : []),
  ];
}

/** The same conditions as in src/protocol/tc3/verify-tc3.ts, each told by itself. */
function headerFindings({ authorization, headers }: Tc3Request): Finding[] {
  const text = authorization.signedHeaders;
  const names = text.split(";");
  const sorted = [...names].sort().join(";");
  const missing = names.filter((name) => !headers.has(name.toLowerCase()));
  const required = ["content-type", "host"].filter((name) => !names.includes(name));
  if (text !== text.toLowerCase()) return [finding("bad", "signed-headers-case", { sent: text })];
  return [
    ...(sorted === text
      ? []
      : [finding("bad", "signed-headers-order", { sent: text, right: sorted })]),
    ...(required.length === 0
      ? []
      : [finding("bad", "signed-headers-required", { names: required.join(", ") })]),
    ...(missing.length === 0
      ? []
      : [finding("bad", "signed-header-missing", { names: missing.join(", ") })]),
  ];
}

/** Returns the spelling that was signed with this key, if any was. */
function signedSpelling(
  request: Tc3Request,
  spellings: readonly CanonicalParts[],
  secretKey: string | undefined,
): CanonicalParts | undefined {
  if (secretKey === undefined) return undefined;
  const { authorization: auth, timestampText } = request;
  const key = signingKey(secretKey, auth);
  return spellings.find((parts) => {
    const text = stringToSign(timestampText, auth, canonicalRequest(parts));
    return tc3Signature(key, text) === auth.signature;
  });
}

function stepsOf(request: Tc3Request, parts: CanonicalParts, secretKey: string | undefined): Steps {
  const { authorization: auth, timestampText } = request;
  const canonical = canonicalRequest(parts);
  const text = stringToSign(timestampText, auth, canonical);
  return {
    canonicalRequest: canonical,
    canonicalSha256: sha256Hex(canonical),
    stringToSign: text,
    stringSha256: sha256Hex(text),
    given: auth.signature,
    ...(secretKey === undefined
      ? {}
      : { computed: tc3Signature(signingKey(secretKey, auth), text) }),
  };
}

function keyFindings(
  request: Tc3Request,
  found: {
    readonly spellings: readonly CanonicalParts[];
    readonly signed: CanonicalParts | undefined;
  },
  input: InspectionInput,
): Finding[] {
  const { secretKey, stringToSign: theirs } = input;
  if (secretKey === undefined) return [finding("warn", "key-missing")];
  if (found.signed !== undefined) return acceptedFindings(found.signed, found.spellings);
  if (/^AKID/.test(secretKey)) return [finding("bad", "key-is-id")];
  const difference = findDifference(
    request,
    secretKey,
    found.spellings[0]!,
    patientGuesses(request, found.spellings[0]!),
  );
  const { kind, signed = "", sent = "" } = difference;
  if (kind !== "unexplained" || theirs === undefined) {
    return [finding("bad", `difference-${kind}`, { signed, sent })];
  }
  const { authorization: auth } = request;
  const isKey = tc3Signature(signingKey(secretKey, auth), theirs.trim()) === auth.signature;
  return [isKey ? finding("good", "key-right") : finding("bad", "key-wrong")];
}

function acceptedFindings(signed: CanonicalParts, spellings: readonly CanonicalParts[]): Finding[] {
  const [documented] = spellings;
  const differing = signed.headers.filter(([, text], i) => text !== documented!.headers[i]![1]);
  return [
    ...differing.map(([name, text]) =>
      finding("warn", name === "host" ? "host-spelling" : "value-spelling", { name, text }),
    ),
    finding("good", "accepted"),
  ];
}
