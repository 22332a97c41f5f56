import { parseTraceParent, type Span, type TraceSink } from "../telemetry/trace.ts";
import type { AnsweredCall } from "./answer-call.ts";

/** Where traces of answered calls go, and what is believed of them. */
export interface CallTracing {
  readonly sink: TraceSink;
  /** Whether a caller may say which trace its call belongs to. */
  readonly trustsTraceparent: boolean;
}

/**
 * Gives the trace of an answered call away: the call with its parts. The parts' lengths are measured; that they followed
 * each other without a gap, from the first download on, is assumed.
 */
export function traceCall(
  { sink, trustsTraceparent }: CallTracing,
  answer: AnsweredCall,
  about: {
    readonly requestId: string;
    readonly durationMs: number;
    readonly endMs: number;
    readonly traceparent: string | undefined;
  },
): void {
  const parent = trustsTraceparent ? parseTraceParent(about.traceparent) : undefined;
  if (parent?.isSampled === false) return;
  const { code, fault, facts, rejection } = answer;
  const startMs = about.endMs - about.durationMs;
  const action = typeof facts.action === "string" && facts.account ? facts.action : "refused call";
  sink.add({
    name: action,
    startMs,
    endMs: about.endMs,
    isFailed: fault !== undefined,
    parent,
    parts: partsOf(facts, startMs),
    attributes: {
      "faceloom.request_id": about.requestId,
      "faceloom.code": code ?? "OK",
      ...(rejection && { "faceloom.rejection": rejection }),
      ...numbersOf(facts),
    },
  });
}

/** Facts that may leave the machine: sizes and counts. */
const TOLD = ["faces", "width", "height", "sourceBytes"];

function numbersOf(facts: AnsweredCall["facts"]): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const name of TOLD) {
    const value = facts[name];
    if (typeof value === "number") numbers[`faceloom.${name.toLowerCase()}`] = value;
  }
  return numbers;
}

function partsOf(facts: AnsweredCall["facts"], startMs: number): readonly Span[] {
  const { stepMs = {}, queueMs } = facts as {
    readonly stepMs?: Readonly<Record<string, number>>;
    readonly queueMs?: number;
  };
  const { download, ...steps } = stepMs;
  const parts = Object.entries({ download, queue: queueMs, ...steps });
  let at = startMs;
  return parts.flatMap(([name, ms]) => {
    if (ms === undefined) return [];
    const part = { name, startMs: at, endMs: at + ms, attributes: {}, isFailed: false };
    at = part.endMs;
    return part;
  });
}
