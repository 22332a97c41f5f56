import { createTraceId, type Span, type Trace } from "./trace.ts";

/** A span as OTLP's JSON has it. */
interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly object[];
  readonly status: { readonly code: number };
}

/** Numbers of OTLP's `SpanKind` and `StatusCode`. */
const SERVER = 2;
const INTERNAL = 1;
const UNSET = 0;
const ERROR = 2;

/** Turns a trace into spans of OTLP 1: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding. */
export function otlpSpansOf(trace: Trace): readonly OtlpSpan[] {
  const traceId = trace.parent?.traceId ?? createTraceId(16);
  const rootId = createTraceId(8);
  const root = {
    ...spanOf(trace, { traceId, spanId: rootId, kind: SERVER }),
    ...(trace.parent && { parentSpanId: trace.parent.spanId }),
  };
  const parts = trace.parts.map((part) => ({
    ...spanOf(part, { traceId, spanId: createTraceId(8), kind: INTERNAL }),
    parentSpanId: rootId,
  }));
  return [root, ...parts];
}

/** Wraps spans for one request to a collector. */
export function otlpMessage(
  spans: readonly OtlpSpan[],
  resource: Readonly<Record<string, string>>,
): string {
  const scopeSpans = [{ scope: { name: "faceloom" }, spans }];
  const attributes = attributesOf(resource);
  return JSON.stringify({ resourceSpans: [{ resource: { attributes }, scopeSpans }] });
}

function spanOf(
  { name, startMs, endMs, attributes, isFailed }: Span,
  ids: Pick<OtlpSpan, "traceId" | "spanId" | "kind">,
): OtlpSpan {
  return {
    ...ids,
    name,
    startTimeUnixNano: nanosOf(startMs),
    endTimeUnixNano: nanosOf(endMs),
    attributes: attributesOf(attributes),
    status: { code: isFailed ? ERROR : UNSET },
  };
}

/** Nanoseconds since 1970 do not fit into a double; OTLP takes them as text. */
function nanosOf(ms: number): string {
  return String(BigInt(Math.round(ms * 1000)) * 1000n);
}

function attributesOf(attributes: Readonly<Record<string, string | number | boolean>>): object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: typedValue(value) }));
}

function typedValue(value: string | number | boolean): object {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}
