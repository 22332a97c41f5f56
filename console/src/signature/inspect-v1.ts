import type { ApiCall } from "../../../src/protocol/api-call.ts";
import { sha256Hex } from "../../../src/protocol/digests.ts";
import { findV1Difference } from "../../../src/protocol/v1/find-v1-difference.ts";
import { v1Signature } from "../../../src/protocol/v1/v1-signature.ts";
import type { V1Request } from "../../../src/protocol/v1/verify-v1.ts";
import { v1Spellings } from "../../../src/protocol/v1/verify-v1.ts";
import { comparisonFindings, comparisonsOf } from "./compare-own-texts.ts";
import type { Finding, Inspection, InspectionInput, Steps } from "./inspection.ts";
import { finding } from "./inspection.ts";

/** One text that may have been signed. */
type Spelling = ReturnType<typeof v1Spellings>[number];

/** Goes through a v1 signature. Throws `invalid-parameter-value` for an unknown `SignatureMethod`. */
export function inspectV1(call: ApiCall, input: InspectionInput): Inspection {
  const request: V1Request = { ...call.request, pairs: call.pairs };
  const spellings = v1Spellings(request);
  const { secretKey } = input;
  const signed = spellings.find(
    ({ text, hash, claimed }) =>
      secretKey !== undefined && v1Signature(secretKey, hash, text) === claimed,
  );
  const steps = stepsOf(signed ?? spellings[0]!, secretKey);
  const comparisons = comparisonsOf(steps, input);
  const findings = [
    ...nonceFindings(call),
    ...comparisonFindings(comparisons),
    ...keyFindings(request, { documented: spellings[0]!, signed }, input),
  ];
  const isRefused = findings.some(({ level }) => level === "bad");
  const verdict = isRefused ? "refused" : signed === undefined ? "open" : "accepted";
  return { family: "v1", findings, steps, comparisons, verdict };
}

function nonceFindings({ pairs }: ApiCall): Finding[] {
  return /^\d+$/.test(pairs.get("Nonce") ?? "") ? [] : [finding("bad", "nonce-form")];
}

function stepsOf({ text, hash, claimed }: Spelling, secretKey: string | undefined): Steps {
  return {
    stringToSign: text,
    stringSha256: sha256Hex(text),
    given: claimed,
    ...(secretKey === undefined ? {} : { computed: v1Signature(secretKey, hash, text) }),
  };
}

function keyFindings(
  request: V1Request,
  found: { readonly documented: Spelling; readonly signed: Spelling | undefined },
  { secretKey, stringToSign: theirs }: InspectionInput,
): Finding[] {
  const { documented, signed } = found;
  if (secretKey === undefined) return [finding("warn", "key-missing")];
  if (signed !== undefined) {
    const isAsSent = signed.host === documented.host;
    const spelling = { name: "host", text: signed.host };
    return [
      ...(isAsSent ? [] : [finding("warn", "host-spelling", spelling)]),
      finding("good", "accepted"),
    ];
  }
  if (/^AKID/.test(secretKey)) return [finding("bad", "key-is-id")];
  const difference = findV1Difference(request, secretKey, documented);
  const { kind, signed: was = "", sent = "" } = difference;
  if (kind !== "unexplained" || theirs === undefined) {
    return [finding("bad", `v1-${kind}`, { signed: was, sent })];
  }
  const isKey = v1Signature(secretKey, documented.hash, theirs.trim()) === documented.claimed;
  return [isKey ? finding("good", "key-right") : finding("bad", "key-wrong")];
}
