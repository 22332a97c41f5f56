import type { AppError } from "../../../src/base/app-error.ts";
import type { Difference } from "../../../src/protocol/tc3/find-difference.ts";
import type { V1Difference } from "../../../src/protocol/v1/find-v1-difference.ts";
import type { ComparedLine } from "./compare-lines.ts";
import type { RawRequestFault } from "./raw-request.ts";

/** What a person gives the debugger; nothing of it leaves the page. */
export interface InspectionInput {
  /** The pasted request. */
  readonly text: string;
  /** Without it everything but the signature itself is checked. */
  readonly secretKey?: string | undefined;
  /** What the client computed on its side, if it tells. */
  readonly canonicalRequest?: string | undefined;
  readonly stringToSign?: string | undefined;
  /** Unix ms. */
  readonly nowMs: number;
}

/** How grave a finding is: the server refuses, it may be a reason, it is as it should be. */
export type Level = "bad" | "warn" | "good";

/** One thing that was looked at. The page has the words for each kind. */
export interface Finding {
  readonly level: Level;
  readonly kind: FindingKind;
  /** Replaces `{name}` in the words. */
  readonly values: Readonly<Record<string, string>>;
  /** The fault that the server would answer, where it is one of its own. */
  readonly fault?: AppError;
}

/** What findings are about. */
export type FindingKind =
  | `raw-${RawRequestFault}`
  | `difference-${Difference["kind"]}`
  | `v1-${V1Difference["kind"]}`
  | "nonce-form"
  | "server-fault"
  | "content-length"
  | "expired"
  | "timestamp-milliseconds"
  | "region-missing"
  | "service-other"
  | "date-local"
  | "date-wrong"
  | "signature-form"
  | "signed-headers-case"
  | "signed-headers-order"
  | "signed-headers-required"
  | "signed-header-missing"
  | "unsigned-payload"
  | "key-missing"
  | "key-is-id"
  | "key-right"
  | "key-wrong"
  | "canonical-differs"
  | "canonical-same"
  | "string-differs"
  | "string-same"
  | "host-spelling"
  | "value-spelling"
  | "accepted";

/** Everything the server computes on the way to its decision. */
export interface Steps {
  /** TC3 only. */
  readonly canonicalRequest?: string;
  readonly canonicalSha256?: string;
  readonly stringToSign: string;
  readonly stringSha256: string;
  /** As the client sent it. */
  readonly given: string;
  /** Needs the SecretKey. */
  readonly computed?: string;
}

/** Two texts beside each other that should be equal. */
export interface Comparison {
  readonly of: "canonical" | "string";
  readonly lines: readonly ComparedLine[];
}

/** What came of it. */
export interface Inspection {
  readonly family?: "tc3" | "v1";
  readonly findings: readonly Finding[];
  readonly steps?: Steps;
  readonly comparisons: readonly Comparison[];
  /** `open` when nothing is wrong but the SecretKey was not given. */
  readonly verdict: "accepted" | "refused" | "open";
}

/** Makes a finding. */
export function finding(
  level: Level,
  kind: FindingKind,
  values: Readonly<Record<string, string>> = {},
): Finding {
  return { level, kind, values };
}
