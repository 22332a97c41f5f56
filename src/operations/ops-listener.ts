import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { listenAt } from "../base/listen.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { OperationsConfig } from "./config.ts";
import type { Health } from "./health.ts";

/** What the listener tells of. */
export interface OpsParts {
  readonly health: Health;
  readonly metrics: Metrics;
  /** Of the product and of what it runs on. */
  readonly versions: Readonly<Record<string, string>>;
}

/** A listener for probes and collectors. */
export interface OpsListener extends AsyncDisposable {
  /** `http://host:port`. */
  readonly address: string;
}

interface Answer {
  readonly status: number;
  readonly body: string | object;
  readonly type?: string;
}

type Route = () => Answer | Promise<Answer>;

/** The port that is tried when none is configured. */
const USUAL_PORT = 9090;

/**
 * Serves probes and metrics apart from callers, so that a full server still answers them. `/livez` depends on nothing
 * but this process: a server that waits for something must not be killed for it.
 * Throws `configuration-invalid` when the configured port cannot be had.
 */
export async function startOpsListener(
  config: OperationsConfig,
  parts: OpsParts,
): Promise<OpsListener> {
  const routes = routesOf(parts);
  const server = createServer((request, response) => void serve(request, response, routes));
  server.headersTimeout = 5_000;
  server.requestTimeout = 5_000;
  server.maxConnections = 64;
  const { host, port } = config;
  const settings = "FACELOOM_OPS_HOST and FACELOOM_OPS_PORT, or FACELOOM_OPS=false";
  const address = await listenAt(server, { host, port, usualPort: USUAL_PORT, settings });
  return {
    address,
    [Symbol.asyncDispose]() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function routesOf({ health, metrics, versions }: OpsParts): Readonly<Record<string, Route>> {
  return {
    "/livez": () => ({ status: 200, body: { status: "alive" } }),
    "/startupz": () =>
      health.phase === "starting"
        ? { status: 503, body: { status: "starting" } }
        : { status: 200, body: { status: "started" } },
    "/readyz": async () => {
      const reasons = await health.reasons();
      return reasons.length === 0
        ? { status: 200, body: { status: "ready" } }
        : { status: 503, body: { status: "not ready", reasons } };
    },
    "/figures": () => ({ status: 200, body: health.figures() }),
    "/metrics": async () => {
      const { contentType, text } = await metrics.write();
      return { status: 200, body: text, type: contentType };
    },
    "/version": () => ({ status: 200, body: versions }),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  routes: Readonly<Record<string, Route>>,
): Promise<void> {
  const path = (request.url ?? "").split("?")[0]!;
  const route = Object.hasOwn(routes, path) ? routes[path] : undefined;
  const answer = await answerOf(request.method ?? "", route);
  const text =
    typeof answer.body === "string" ? answer.body : `${JSON.stringify(answer.body, null, 2)}\n`;
  response.writeHead(answer.status, {
    "content-type": answer.type ?? "application/json",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(request.method === "HEAD" ? undefined : text);
}

async function answerOf(method: string, route: Route | undefined): Promise<Answer> {
  if (route === undefined) return { status: 404, body: { status: "not found" } };
  if (method !== "GET" && method !== "HEAD") {
    return { status: 405, body: { status: "method not allowed" } };
  }
  try {
    return await route();
  } catch {
    return { status: 500, body: { status: "failed" } };
  }
}
