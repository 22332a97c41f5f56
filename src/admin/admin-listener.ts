import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fastify from "fastify";
import type { AccountBook } from "../accounts/account-book.ts";
import { isAppError } from "../base/app-error.ts";
import { listenAt } from "../base/listen.ts";
import type { PageFiles } from "../console/page-files.ts";
import type { Materials } from "../materials/materials.ts";
import type { Logger } from "../telemetry/logger.ts";
import { authorize, type Doorkeeping } from "./authorize.ts";
import { checkHost, checkOrigin } from "./origin-check.ts";
import { notFound, Refusal } from "./refusal.ts";
import { addAccountRoutes } from "./routes/account-routes.ts";
import { type AuditParts, addAuditRoutes } from "./routes/audit-routes.ts";
import { addKeyRoutes } from "./routes/key-routes.ts";
import { addMaterialRoutes } from "./routes/material-routes.ts";
import { addSessionRoutes } from "./routes/session-routes.ts";
import { addSystemRoutes, type SystemParts } from "./routes/system-routes.ts";
import { SECURITY_HEADERS, trustedHeaders } from "./security-headers.ts";

/** What the operator's listener works with. */
export interface AdminParts extends SystemParts, AuditParts {
  readonly door: Doorkeeping;
  readonly book: AccountBook;
  readonly materials: Materials;
  readonly logger: Logger;
  /** The operator's pages. */
  readonly pages: PageFiles;
}

/** A listener for the operator. */
export interface AdminListener extends AsyncDisposable {
  /** `http://host:port`. */
  readonly address: string;
}

/** The port that is tried when none is configured. */
const USUAL_PORT = 9091;
/** Bodies here are a few names and numbers. */
const MAX_BODY_BYTES = 64 * 1024;
const API = "/admin/v1/";

/** Listens for the operator. Throws `configuration-invalid` when the configured port cannot be had. */
export async function startAdminListener(parts: AdminParts): Promise<AdminListener> {
  const app = await createAdminServer(parts);
  const { host, port } = parts.door.config;
  await app.ready();
  const settings = "FACELOOM_ADMIN_HOST and FACELOOM_ADMIN_PORT, or FACELOOM_ADMIN=false";
  const address = await listenAt(app.server, { host, port, usualPort: USUAL_PORT, settings });
  return {
    address,
    async [Symbol.asyncDispose]() {
      app.server.closeAllConnections();
      await app.close();
      // Fastify closes only servers that it opened.
      await new Promise((resolve) => app.server.close(resolve));
    },
  };
}

async function createAdminServer(parts: AdminParts): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit: MAX_BODY_BYTES,
    exposeHeadRoutes: false,
    http: { headersTimeout: 5_000, requestTimeout: 10_000 },
  });
  app.server.maxConnections = 64;
  // Only JSON is taken: a form of another site's page can send none without being asked for permission first.
  app.removeContentTypeParser("text/plain");
  // What is added later takes these over.
  app.setNotFoundHandler((request, reply) => answerFault(notFound("page"), request, reply, parts));
  app.setErrorHandler((error, request, reply) => answerFault(error, request, reply, parts));
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(SECURITY_HEADERS).header("cache-control", "no-store");
    reply.headers(trustedHeaders(request.headers.host, parts.door.config.url));
    checkHost(request.headers, parts.door.config);
  });
  addPages(app, parts.pages);
  addSessionRoutes(app, parts.door);
  await app.register((guarded, _, done) => {
    guarded.addHook("onRequest", async (request) => {
      checkOrigin(request.headers, parts.door.config);
      authorize(request, parts.door);
    });
    guarded.addHook("onResponse", async (request, reply) => noteChange(request, reply, parts));
    addAccountRoutes(guarded, parts.book);
    addKeyRoutes(guarded, parts.book);
    addMaterialRoutes(guarded, parts.materials);
    addSystemRoutes(guarded, parts);
    addAuditRoutes(guarded, parts);
    done();
  });
  return app;
}

/** The pages hold no secrets: whoever opens them has to log in before they show anything. */
function addPages(app: FastifyInstance, pages: PageFiles): void {
  for (const [name, { type, bytes }] of pages) {
    const urls = name === "index.html" ? ["/", `/${name}`] : [`/${name}`];
    for (const url of urls) app.get(url, (_, reply) => reply.type(type).send(bytes));
  }
}

/** What an operator changes is in the log, whoever did it. */
function noteChange(request: FastifyRequest, reply: FastifyReply, { logger }: AdminParts): void {
  if (request.method === "GET") return;
  const { method, ip } = request;
  const fields = { method, path: request.routeOptions.url, status: reply.statusCode, address: ip };
  logger.info({ ...fields, params: request.params }, "Admin request");
}

function answerFault(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { logger }: AdminParts,
): FastifyReply {
  const { status, code, message, retrySeconds } = refusalFrom(error);
  if (status >= 500)
    logger.error({ error, path: request.routeOptions.url }, "Admin request failed");
  if (retrySeconds !== undefined) reply.header("retry-after", retrySeconds);
  const isApi = request.url.startsWith(API);
  return isApi
    ? reply.code(status).send({ error: { code, message } })
    : reply.code(status).type("text/plain").send(`${message}\n`);
}

/** Turns whatever was thrown into what an operator may read; nothing unforeseen is told. */
function refusalFrom(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isAppError(error)) return new Refusal(409, "refused", error.message);
  const { statusCode = 500 } = error as Partial<FastifyError>;
  if (statusCode >= 400 && statusCode < 500) {
    return new Refusal(statusCode, "invalid", "The request cannot be read.");
  }
  return new Refusal(500, "internal", "That failed; the log says why.");
}
