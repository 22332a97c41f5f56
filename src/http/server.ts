import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import fastify from "fastify";
import type { Action } from "../actions/action.ts";
import { AppError, isAppError } from "../base/app-error.ts";
import type { ConfigOf } from "../base/setting.ts";
import type { RetentionStatement } from "../privacy/retention-statement.ts";
import { sha256Hex } from "../protocol/digests.ts";
import { ENVELOPE_TYPE } from "../protocol/envelope.ts";
import { malformedRequest, unsupportedContentType } from "../protocol/errors.ts";
import { languageFrom } from "../protocol/language.ts";
import type { WireRequest } from "../protocol/wire-request.ts";
import { readHeaders } from "../protocol/wire-request.ts";
import type { Storage } from "../storage/storage.ts";
import type { Logger } from "../telemetry/logger.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { AnsweredCall, CallParts } from "./answer-call.ts";
import { answerCall, refusedCall } from "./answer-call.ts";
import type { CallTimes, NoteCall } from "./audit-call.ts";
import { isBrowserVisit } from "./browser-visit.ts";
import type { CallWatch } from "./call-watch.ts";
import { checkBeforeBody } from "./check-before-body.ts";
import type { HTTP_SETTINGS } from "./config.ts";
import type { ExpectContinue } from "./expect-continue.ts";
import { createExpectContinue } from "./expect-continue.ts";
import { addHealthRoutes } from "./health-routes.ts";
import { measureCall } from "./measure-call.ts";
import type { BodyReader, ReadBody } from "./read-body.ts";
import { createBodyReader, endSoon } from "./read-body.ts";
import { refuseUnreadable } from "./refuse-unreadable.ts";
import { addResultsRoute } from "./results-route.ts";
import { addRetentionRoute } from "./retention-route.ts";
import { limitConnections, setServerLimits } from "./server-limits.ts";
import { type SlowReaders, watchSlowReaders } from "./slow-readers.ts";
import { type CallTracing, traceCall } from "./trace-call.ts";

/** What the server works with beside its settings. */
export interface ServerParts extends CallParts {
  readonly storage: Storage;
  readonly logger: Logger;
  readonly metrics?: Metrics;
  readonly tracing?: CallTracing | undefined;
  /** Whether a call would be served now, for `/readyz`. */
  readonly isReady: () => boolean;
  /** Without it no audit trail is kept. */
  readonly audit?: NoteCall | undefined;
  /** What is kept and for how long, for `GET /v1/retention`. */
  readonly retention?: RetentionStatement | undefined;
  /** The pages for people; without them there are none. */
  readonly site?: Site | undefined;
}

/** Pages for people, beside the API. */
export interface Site {
  /** Where a browser that opens `/` is sent. */
  readonly home: string;
  /** Hears of the API's calls, to show them to those who made them. */
  readonly watch: CallWatch;
  addRoutes(app: FastifyInstance, answer: AnswerSiteCall): void;
}

/**
 * Takes a signed call of a page through the API's own chain, with other actions, and answers it; resolves with true
 * when the answer was no error. With `isStreamed` a success is left for the caller to answer. The route must be
 * declared with `config: { signedTarget: "/" }`, since signatures are always over the path `/`.
 */
export type AnswerSiteCall = (
  request: FastifyRequest,
  reply: FastifyReply,
  call: { readonly actions: readonly Action[]; readonly isStreamed?: boolean },
) => Promise<boolean>;

declare module "fastify" {
  interface FastifyContextConfig {
    /** The target that callers of a route sign; their request's own without it. */
    readonly signedTarget?: string;
  }
}

const NO_BODY: ReadBody = { bytes: Buffer.alloc(0), sha256: sha256Hex("") };

/** Makes the HTTP server; it listens when told to. */
export function createServer(
  config: ConfigOf<typeof HTTP_SETTINGS>,
  parts: ServerParts,
): FastifyInstance {
  const app = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    exposeHeadRoutes: false,
    // A stopping server answers calls on open connections and closes these; 503 would be no Tencent answer.
    return503OnClosing: false,
    // Proxies send the target in absolute form; the router wants a path, the chain sees the original.
    rewriteUrl: (request) => (request.url ?? "/").replace(/^https?:\/\/[^/?#]+/i, "") || "/",
    clientErrorHandler: refuseUnreadable,
    http: { maxHeaderSize: 56 * 1024, connectionsCheckingInterval: 1_000 },
  });
  setServerLimits(app.server);
  limitConnections(app.server, config);
  const readers = watchSlowReaders(() => performance.now());
  app.addHook("onClose", async () => readers[Symbol.dispose]());
  const bodies = createBodyReader(config);
  const expecting = createExpectContinue(app.server);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", async (request: FastifyRequest, message: IncomingMessage) => {
    bodies.checkClaim(message);
    await checkBeforeBody(wireRequestOf(request), parts);
    expecting.allow(message);
    return bodies.read(message);
  });
  addHealthRoutes(app, parts.isReady);
  addResultsRoute(app, { ...parts, readers });
  if (parts.retention) addRetentionRoute(app, parts.retention);
  const sending = { bodies, readers };
  const serve = createAnswering(sending, { ...parts, watch: parts.site?.watch });
  parts.site?.addRoutes(app, createAnswering(sending, parts));
  addApiRoutes(app, serve, parts);
  addRefusals(app, { ...parts, ...sending, expecting });
  return app;
}

/** Everything that is no other route is a call of the API, right or wrong: it gets HTTP 200 and an envelope. */
function addApiRoutes(app: FastifyInstance, answer: AnswerSiteCall, parts: ServerParts): void {
  const serve = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    await answer(request, reply, parts);
    return reply;
  };
  app.get("/", (request, reply) => {
    const isVisit =
      parts.site !== undefined && isBrowserVisit(request.originalUrl, request.headers);
    return isVisit ? reply.redirect(parts.site!.home) : serve(request, reply);
  });
  app.post("/", serve);
  app.setNotFoundHandler(serve);
}

/** What holds bodies and answers in memory. */
interface Sending {
  readonly bodies: BodyReader;
  readonly readers: SlowReaders;
}

/** Makes what takes a request through the chain and writes, logs and tells of its answer. */
function createAnswering({ bodies, readers }: Sending, parts: ServerParts): AnswerSiteCall {
  return async (request, reply, { actions, isStreamed = false }) => {
    const startedMs = performance.now();
    const hangUp = new AbortController();
    reply.raw.once("close", () => {
      bodies.release(request.raw);
      if (!reply.raw.writableFinished) {
        hangUp.abort(new AppError("cancelled", "The caller went away."));
      }
    });
    parts.metrics?.shift("requestsInProgress", 1);
    const answer = await answerCall(
      {
        request: wireRequestOf(request),
        requestId: request.id,
        address: request.ip,
        signal: hangUp.signal,
      },
      { ...parts, actions },
    );
    parts.metrics?.shift("requestsInProgress", -1);
    const times = { requestId: request.id, durationMs: elapsedMs(startedMs) };
    noteCall(parts, answer, { ...times, ...sourceOf(request) });
    tellOf(answer, times, parts);
    const isGood = answer.code === undefined;
    if (!isGood || !isStreamed) send(reply, answer, { requestId: request.id, readers });
    return isGood;
  };
}

/** Answers what fails before the chain: headers that say enough, bodies that do not come or are too large. */
function addRefusals(
  app: FastifyInstance,
  parts: ServerParts & Sending & { readonly expecting: ExpectContinue },
): void {
  app.setErrorHandler((error, request, reply) => {
    parts.bodies.release(request.raw);
    const language = languageFrom(String(request.headers["x-tc-language"]));
    const fault = inOurWords(error, request);
    const answer = refusedCall(parts.failures?.judge(fault, request.ip) ?? fault, {
      requestId: request.id,
      language,
      facts: {},
    });
    const times = { requestId: request.id, durationMs: reply.elapsedTime };
    noteCall(parts, answer, { ...times, ...sourceOf(request) });
    const isUnread = request.raw.readableFlowing === null;
    if (isUnread && !parts.expecting.isWaiting(request.raw)) {
      // Its body is on its way: closing now could destroy the answer before the caller reads it.
      reply.removeHeader("connection");
      request.raw.resume();
    }
    if (!request.raw.complete) reply.raw.once("finish", () => endSoon(request.raw));
    return send(reply, answer, { requestId: request.id, readers: parts.readers });
  });
}

/** The framework refuses some requests itself, such as a type that is no media type: the caller's faults, not ours. */
function inOurWords(error: unknown, request: FastifyRequest): unknown {
  const { statusCode = 500 } = error as { readonly statusCode?: number };
  if (isAppError(error) || statusCode < 400 || statusCode > 499) return error;
  if (statusCode !== 415) return malformedRequest("The request cannot be read.", error);
  return unsupportedContentType(request.headers["content-type"] ?? "", error);
}

function wireRequestOf(request: FastifyRequest): WireRequest {
  return {
    method: request.raw.method ?? "",
    target: request.routeOptions.config.signedTarget ?? request.originalUrl,
    headers: readHeaders(request.raw.rawHeaders),
    ...bodyOf(request),
  };
}

/** A request without a body comes without a parsed one. */
function bodyOf({ body }: FastifyRequest): Pick<WireRequest, "body" | "bodySha256"> {
  const { bytes, sha256 } = (body as ReadBody | null | undefined) ?? NO_BODY;
  return { body: bytes, bodySha256: sha256 };
}

/** So much the kernel takes from us at once, whether the caller reads or not. */
const SMALL_BYTES = 16 * 1024;

/** Writes an answer in pieces: large base64 goes to the socket as it is, never through another string. */
function send(
  reply: FastifyReply,
  answer: AnsweredCall,
  { requestId, readers }: { readonly requestId: string; readonly readers: SlowReaders },
): FastifyReply {
  const { pieces, rejection } = answer;
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  // Every answer is HTTP 200: a proxy that cannot read bodies sees here that another server may have room.
  if (rejection !== undefined) reply.header("x-internal-reject", rejection);
  return reply
    .code(200)
    .header("content-type", ENVELOPE_TYPE)
    .header("content-length", length)
    .header("x-tc-requestid", requestId)
    .send(length <= SMALL_BYTES ? Buffer.concat(pieces) : readers.watch(reply.raw, pieces));
}

/** What is noted of a call beside its answer. */
type NotedCall = CallTimes & { readonly traceparent: string | undefined };

/** What a request says of where it comes from. */
function sourceOf({ ip, headers }: FastifyRequest): Pick<NotedCall, "address" | "traceparent"> {
  const { traceparent } = headers;
  return { address: ip, traceparent: typeof traceparent === "string" ? traceparent : undefined };
}

/** Tells the log, the metrics, the traces and the audit trail of an answered call. */
function noteCall(
  parts: ServerParts,
  answer: AnsweredCall,
  { address, traceparent, ...times }: NotedCall,
): void {
  parts.audit?.(answer, { ...times, address });
  const actions = parts.actions.map(({ name }) => name);
  if (parts.metrics) measureCall(parts.metrics, answer, { ...times, actions });
  if (parts.tracing) {
    traceCall(parts.tracing, answer, { ...times, traceparent, endMs: parts.nowMs() });
  }
  logCall(parts.logger, answer, times);
}

function logCall(
  logger: Logger,
  answer: AnsweredCall,
  times: { readonly requestId: string; readonly durationMs: number },
): void {
  const { code, fault, facts, pieces } = answer;
  const resultBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const fields = { ...times, ...(code === undefined ? {} : { code }), resultBytes, ...facts };
  if (fault !== undefined) logger.error({ ...fields, error: fault }, "Request failed");
  else if (code !== undefined) logger.warn(fields, "Request refused");
  else logger.info(fields, "Request answered");
}

/** Tells the watch of an answer to a known account. */
function tellOf(
  { code, facts, pieces }: AnsweredCall,
  times: { readonly requestId: string; readonly durationMs: number },
  { watch, nowMs }: ServerParts,
): void {
  if (watch === undefined || typeof facts.account !== "string") return;
  const resultBytes = pieces.reduce((sum, piece) => sum + piece.length, 0);
  watch.end({ ...times, accountId: facts.account, atMs: nowMs(), resultBytes, code, facts });
}

function elapsedMs(startedMs: number): number {
  return Math.round((performance.now() - startedMs) * 10) / 10;
}
