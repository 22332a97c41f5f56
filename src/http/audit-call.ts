import type { CallRecord } from "../audit/audit-record.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import { keptAddress } from "../audit/client-address.ts";
import type { AuditConfig } from "../audit/config.ts";
import type { AnsweredCall } from "./answer-call.ts";

/** When and from where a call came. */
export interface CallTimes {
  readonly requestId: string;
  readonly durationMs: number;
  /** The caller's address. */
  readonly address: string;
}

/** Writes answered calls into the audit trail. */
export type NoteCall = (answer: AnsweredCall, times: CallTimes) => void;

/** A stranger may not fill the disk with rows: so many calls a second that nobody's key fits are written down. */
const STRANGERS_PER_SECOND = 10;

/** Makes the writer: a row for every call that an account's key fits, and for strangers' calls up to a rate. */
export function createCallAudit(
  trail: Pick<AuditTrail, "append">,
  parts: { readonly keep: AuditConfig["clientAddress"]; readonly nowMs: () => number },
): NoteCall {
  let second = 0;
  let strangers = 0;
  return (answer, times) => {
    const atMs = parts.nowMs();
    const record = callRecordOf(answer, { ...times, atMs, keep: parts.keep });
    if (record.account === undefined) {
      const now = Math.floor(atMs / 1000);
      if (now !== second) strangers = 0;
      second = now;
      strangers += 1;
      if (strangers > STRANGERS_PER_SECOND) return;
    }
    trail.append(record);
  };
}

/** Facts of a call that go into its record, with their types; anything else in the facts stays out of it. */
const FACTS = {
  account: "string",
  secretId: "string",
  action: "string",
  pictureBytes: "number",
  resultBytes: "number",
  modelType: "number",
  faces: "number",
  logoAdd: "boolean",
  delivery: "string",
  resultId: "string",
  resultExpiresAtMs: "number",
  consent: "string",
} as const satisfies Partial<Record<keyof CallRecord, string>>;

function callRecordOf(
  { facts, code, pieces }: AnsweredCall,
  call: CallTimes & { readonly atMs: number; readonly keep: AuditConfig["clientAddress"] },
): CallRecord {
  const known = Object.entries(FACTS).flatMap(([name, type]) =>
    typeof facts[name] === type ? [[name, facts[name]]] : [],
  );
  return {
    kind: "call",
    atMs: call.atMs,
    requestId: call.requestId,
    client: keptAddress(call.address, call.keep),
    code,
    durationMs: Math.round(call.durationMs),
    requestBytes: typeof facts.sourceBytes === "number" ? facts.sourceBytes : 0,
    answerBytes: pieces.reduce((sum, piece) => sum + piece.length, 0),
    ...Object.fromEntries(known),
  };
}
