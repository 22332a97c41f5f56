import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";

/** A span as a collector receives it. */
export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
  readonly status: { readonly code: number };
}

/** A collector of OpenTelemetry that keeps what it gets. */
export interface TraceCollector extends AsyncDisposable {
  readonly url: string;
  readonly spans: readonly CollectedSpan[];
  readonly requests: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** The attributes of the newest resource. */
  readonly resource: () => unknown;
}

/** Starts one; `status` is what it answers, "silence" nothing at all. */
export async function startTraceCollector(
  status: number | "silence" = 200,
): Promise<TraceCollector> {
  const spans: CollectedSpan[] = [];
  const requests: { path: string; headers: IncomingHttpHeaders }[] = [];
  let resource: unknown;
  const server = createServer(async (request, response) => {
    requests.push({ path: request.url ?? "", headers: request.headers });
    const message = (await json(request)) as {
      resourceSpans: { resource: unknown; scopeSpans: { spans: CollectedSpan[] }[] }[];
    };
    if (status === "silence") return;
    for (const one of message.resourceSpans) {
      resource = one.resource;
      spans.push(...one.scopeSpans.flatMap((scope) => scope.spans));
    }
    response.writeHead(status).end("{}");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    requests,
    resource: () => resource,
    [Symbol.asyncDispose]() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
