import type { FastifyRequest } from "fastify";
import { createFailureLimit, type FailureLimit } from "../base/failure-limit.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { AdminToken } from "./admin-token.ts";
import type { AdminConfig } from "./config.ts";
import { isSentByOwnPage } from "./origin-check.ts";
import { notLoggedIn, Refusal } from "./refusal.ts";
import { type AdminSession, createSessions, isSameSecret, type Sessions } from "./sessions.ts";

/** What decides who is let in. */
export interface Doorkeeping {
  readonly config: AdminConfig;
  readonly token: AdminToken;
  readonly sessions: Sessions;
  readonly failures: FailureLimit;
  /** Told of every attempt to log in. */
  readonly onAttempt: (isGood: boolean) => void;
}

/** Each address may fail so often at once, and then once every six seconds. */
const ALLOWANCE = { free: 10, eachMs: 6_000 };

/** Makes what decides, with no session open. */
export function createDoor(
  config: AdminConfig,
  parts: {
    readonly token: AdminToken;
    readonly nowMs: () => number;
    readonly metrics: Pick<Metrics, "count">;
  },
): Doorkeeping {
  const { token, nowMs, metrics } = parts;
  return {
    config,
    token,
    sessions: createSessions(nowMs),
    failures: createFailureLimit(ALLOWANCE, () => performance.now()),
    onAttempt: (isGood) =>
      metrics.count("adminLogins", { result: isGood ? "accepted" : "refused" }),
  };
}

/** The cookie's name; browsers hold names of this beginning to `Secure`, so that plain HTTP needs another. */
export function cookieName(config: AdminConfig): string {
  return config.url?.startsWith("https:") ? "__Host-faceloom-admin" : "faceloom-admin";
}

/**
 * Lets a request in by its Bearer token or by its session's cookie; what changes something needs with a cookie also
 * the session's CSRF token, sent by one of our pages. Throws a {@link Refusal}.
 */
export function authorize(request: FastifyRequest, door: Doorkeeping): AdminSession | undefined {
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? "")?.[1];
  if (bearer !== undefined) {
    checkToken(bearer, request.ip, door);
    return undefined;
  }
  const session = sessionOf(request, door);
  if (session === undefined) throw notLoggedIn();
  if (!["GET", "HEAD"].includes(request.method)) checkIntent(request, session, door.config);
  return session;
}

/** Throws a {@link Refusal} unless `text` is the token; each address may fail ten times a minute. */
export function checkToken(text: string, address: string, door: Doorkeeping): void {
  const waitMs = door.failures.waitMs(address);
  if (waitMs > 0) {
    const seconds = Math.ceil(waitMs / 1000);
    throw new Refusal(429, "too-many-failures", `Try again in ${seconds} s.`, seconds);
  }
  const isGood = door.token.isToken(text);
  door.onAttempt(isGood);
  if (isGood) return;
  door.failures.note(address);
  throw new Refusal(401, "wrong-token", "That is not the token.");
}

/** Returns the secret of the request's cookie. */
export function sessionIdOf(request: FastifyRequest, config: AdminConfig): string | undefined {
  const name = cookieName(config);
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

function sessionOf(request: FastifyRequest, door: Doorkeeping): AdminSession | undefined {
  const id = sessionIdOf(request, door.config);
  return id === undefined ? undefined : door.sessions.find(id);
}

function checkIntent(request: FastifyRequest, session: AdminSession, config: AdminConfig): void {
  const given = String(request.headers["x-csrf-token"] ?? "");
  if (isSentByOwnPage(request.headers, config) && isSameSecret(given, session.csrfToken)) return;
  throw new Refusal(403, "csrf", "X-CSRF-Token is missing or not that of the session.");
}
