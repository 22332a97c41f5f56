import { isAppError } from "../../../src/base/app-error.ts";
import type { ApiCall } from "../../../src/protocol/api-call.ts";
import { readApiCall } from "../../../src/protocol/api-call.ts";
import { sha256Hex } from "../../../src/protocol/digests.ts";
import type { WireRequest } from "../../../src/protocol/wire-request.ts";
import { readHeaders } from "../../../src/protocol/wire-request.ts";
import { inspectTc3 } from "./inspect-tc3.ts";
import { inspectV1 } from "./inspect-v1.ts";
import type { Finding, Inspection, InspectionInput } from "./inspection.ts";
import { finding } from "./inspection.ts";
import type { RawRequest } from "./raw-request.ts";
import { parseRawRequest } from "./raw-request.ts";

/** How far a timestamp may be from the server's clock, as src/protocol/authenticate.ts has it. */
const TOLERANCE_S = 300;

/**
 * Goes the server's way through a pasted request, with the server's own code, and says where and why it would refuse
 * it. Never throws: what the server would throw becomes a finding.
 */
export function inspectRequest(input: InspectionInput): Inspection {
  const raw = parseRawRequest(input.text);
  if (typeof raw === "string") return refusal([finding("bad", `raw-${raw}`)]);
  const findings = lengthFindings(raw);
  try {
    const call = readCall(wireRequestOf(raw), findings);
    if (call.timestampText.length > LONGEST_TIMESTAMP) {
      const sent = { sent: call.timestampText };
      return refusal([...findings, finding("bad", "timestamp-milliseconds", sent)]);
    }
    findings.push(...timeFindings(call, input.nowMs));
    const inspect = call.family === "tc3" ? inspectTc3 : inspectV1;
    const result = inspect(call, input);
    const isRefused = findings.some(({ level }) => level === "bad");
    const verdict = isRefused ? "refused" : result.verdict;
    return { ...result, findings: [...findings, ...result.findings], verdict };
  } catch (error) {
    return refusal([...findings, serverFault(error)]);
  }
}

function refusal(findings: readonly Finding[]): Inspection {
  return { findings, comparisons: [], verdict: "refused" };
}

/** Turns what the server's code threw into a finding. Throws everything else again. */
function serverFault(error: unknown): Finding {
  if (!isAppError(error)) throw error;
  return { ...finding("bad", "server-fault"), fault: error };
}

function wireRequestOf(raw: RawRequest): WireRequest {
  return {
    method: raw.method,
    target: raw.target,
    headers: readHeaders(raw.headers.flat()),
    body: raw.body,
    bodySha256: sha256Hex(raw.body),
  };
}

/** A missing region alone keeps nobody from looking at the signature. */
function readCall(request: WireRequest, findings: Finding[]): ApiCall {
  const call = readApiCall(request, false);
  if (call.region === "") findings.push(finding("bad", "region-missing"));
  return call;
}

function lengthFindings({ lengthFault }: RawRequest): Finding[] {
  if (lengthFault === undefined) return [];
  const { said, found } = lengthFault;
  return [finding("bad", "content-length", { said: String(said), found: String(found) })];
}

/** Digits of a time in seconds before the year 5138; one in milliseconds has more. */
const LONGEST_TIMESTAMP = 11;

/** An old request is worth a look all the same, so its age alone decides nothing here. */
function timeFindings({ timestamp }: ApiCall, nowMs: number): Finding[] {
  const behind = Math.floor(nowMs / 1000) - timestamp;
  if (Math.abs(behind) <= TOLERANCE_S) return [];
  const sent = new Date(timestamp * 1000).toISOString();
  return [finding("warn", "expired", { sent, seconds: String(Math.abs(behind)) })];
}
