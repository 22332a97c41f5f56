import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { otlpMessage, otlpSpansOf } from "./otlp-message.ts";
import type { TraceSink } from "./trace.ts";

/** Where traces go. */
export interface OtlpTarget {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What the spans say of the process, `service.name` above all. */
  readonly resource: Readonly<Record<string, string>>;
  /** How long spans are gathered before they are sent. */
  readonly gatherMs: number;
}

/** Sends traces to a collector. */
export interface OtlpExporter extends TraceSink, AsyncDisposable {
  /** Spans that were lost so far. */
  droppedSpans(): number;
  /** Sends what has been gathered, within a second or two. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Spans that wait; beyond, new ones are dropped. */
const MAX_WAITING = 2_048;
/** Spans that are sent together. */
const BATCH = 512;
const SEND_LIMIT_MS = 5_000;
const LAST_LIMIT_MS = 2_000;

type Spans = ReturnType<typeof otlpSpansOf>;

/**
 * Makes an exporter of OTLP over HTTP in JSON. A collector that is slow or gone costs spans, never calls: one request is
 * on its way at a time, each is given up after five seconds, and nothing is sent twice.
 */
export function createOtlpExporter(target: OtlpTarget): OtlpExporter {
  let waiting: Spans[number][] = [];
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;
  let sending: Promise<void> | undefined;

  async function sendAll(limitMs: number): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH);
      waiting = waiting.slice(BATCH);
      if (!(await post(target, otlpMessage(batch, target.resource), limitMs)))
        dropped += batch.length;
    }
  }

  function start(limitMs: number): Promise<void> {
    sending ??= sendAll(limitMs).finally(() => {
      sending = undefined;
    });
    return sending;
  }

  return {
    add(trace) {
      const spans = otlpSpansOf(trace);
      if (waiting.length + spans.length > MAX_WAITING) {
        dropped += spans.length;
        return;
      }
      waiting.push(...spans);
      timer ??= setTimeout(() => {
        timer = undefined;
        void start(SEND_LIMIT_MS);
      }, target.gatherMs).unref();
    },
    droppedSpans: () => dropped,
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      await Promise.race([
        start(LAST_LIMIT_MS).then(() => start(LAST_LIMIT_MS)),
        new Promise((resolve) => setTimeout(resolve, LAST_LIMIT_MS).unref()),
      ]);
    },
  };
}

/** Tells whether the collector took it. */
function post({ url, headers }: OtlpTarget, body: string, limitMs: number): Promise<boolean> {
  const request = url.startsWith("https:") ? httpsRequest : httpRequest;
  const type = { "content-type": "application/json", "content-length": Buffer.byteLength(body) };
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(limitMs);
    const posting = request(
      url,
      { method: "POST", headers: { ...headers, ...type }, signal, agent: false },
      (response) => {
        response.resume();
        const { statusCode = 0 } = response;
        response.on("close", () => resolve(statusCode >= 200 && statusCode < 300));
      },
    );
    posting.on("error", () => resolve(false));
    posting.end(body);
  });
}
