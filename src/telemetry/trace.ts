import { randomBytes } from "node:crypto";

/** A finished piece of work. */
export interface Span {
  readonly name: string;
  /** Unix ms, with fractions. */
  readonly startMs: number;
  readonly endMs: number;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly isFailed: boolean;
}

/** A finished piece of work with its parts. */
export interface Trace extends Span {
  readonly parts: readonly Span[];
  /** Where it belongs to, when somebody else began the trace. */
  readonly parent: TraceParent | undefined;
}

/** The place in a trace that another program began (W3C Trace Context). */
export interface TraceParent {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  /** False when the beginner keeps nothing of the trace. */
  readonly isSampled: boolean;
}

/** Takes finished traces away. Never throws and never waits. */
export interface TraceSink {
  add(trace: Trace): void;
}

const TRACEPARENT = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})$/;

/** Reads a `traceparent` header; undefined when it is none. */
export function parseTraceParent(header: string | undefined): TraceParent | undefined {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(header ?? "") ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** Returns a random id of so many bytes in hexadecimal digits. */
export function createTraceId(bytes: 8 | 16): string {
  return randomBytes(bytes).toString("hex");
}
