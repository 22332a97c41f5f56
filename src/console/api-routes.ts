import type { ServerResponse } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Action } from "../actions/action.ts";
import type { AnswerSiteCall } from "../http/server.ts";
import type { AccountEvent, AccountEvents } from "./account-events.ts";
import { callAnswer, createFollowAction } from "./console-actions.ts";
import { CONSOLE_PATH } from "./page-routes.ts";

/** What the routes work with. */
export interface ApiRouteParts {
  readonly answer: AnswerSiteCall;
  readonly actions: readonly Action[];
  readonly events: AccountEvents;
}

/** Signatures are over the path `/`, wherever a call goes. */
const SIGNED_AT_ROOT = { config: { signedTarget: "/" } } as const;

/**
 * Adds `/console/api/`, which answers the console's own actions as the API answers its, and `/console/api/events`, a
 * stream of what happens to the caller's account.
 */
export function addApiRoutes(app: FastifyInstance, parts: ApiRouteParts): void {
  app.post(`${CONSOLE_PATH}api/`, SIGNED_AT_ROOT, async (request, reply) => {
    await parts.answer(request, reply, { actions: parts.actions });
    return reply;
  });
  const streams = new Set<ServerResponse>();
  app.post(`${CONSOLE_PATH}api/events`, SIGNED_AT_ROOT, async (request, reply) => {
    const accountId = await knownCaller(request, reply, parts.answer);
    if (accountId !== undefined) stream(reply, { accountId, events: parts.events, streams });
    return reply;
  });
  // A stopping server would wait for streams that have no end.
  app.addHook("preClose", async () => {
    for (const response of streams) response.end();
  });
}

/** Returns the account of a call of the stream; undefined when it was answered with an error. */
async function knownCaller(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: AnswerSiteCall,
): Promise<string | undefined> {
  let caller: string | undefined;
  const follow = createFollowAction((accountId) => {
    caller = accountId;
  });
  const isGood = await answer(request, reply, { actions: [follow], isStreamed: true });
  return isGood ? caller : undefined;
}

/** Proxies close connections that are silent; most wait for a minute. */
const BEAT_MS = 15_000;

/** Writes the account's events until the page goes away, as server-sent events. */
function stream(
  reply: FastifyReply,
  parts: {
    readonly accountId: string;
    readonly events: AccountEvents;
    readonly streams: Set<ServerResponse>;
  },
): void {
  const response = reply.hijack().raw;
  const leave = parts.events.subscribe(parts.accountId, (event) =>
    response.write(`data: ${JSON.stringify(pageEvent(event))}\n\n`),
  );
  const status = leave === undefined ? 503 : 200;
  response.writeHead(status, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    "x-accel-buffering": "no",
  });
  if (leave === undefined) {
    response.end();
    return;
  }
  response.write(": here\n\n");
  const beat = setInterval(() => response.write(": still here\n\n"), BEAT_MS);
  parts.streams.add(response);
  response.once("close", () => {
    clearInterval(beat);
    leave();
    parts.streams.delete(response);
  });
}

function pageEvent(event: AccountEvent): object {
  return event.type === "call" ? { type: "call", call: callAnswer(event.call) } : event;
}
