import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import { authorize, checkToken, cookieName, type Doorkeeping, sessionIdOf } from "../authorize.ts";
import { checkOrigin } from "../origin-check.ts";
import { readBody } from "../read-body.ts";
import { notLoggedIn } from "../refusal.ts";
import { type AdminSession, IDLE_MS } from "../sessions.ts";

const LOGIN = z.strictObject({ token: z.string().min(1).max(256) });

/** Adds login, logout and the look at the own session. Each login opens a new session and closes the browser's old one. */
export function addSessionRoutes(app: FastifyInstance, door: Doorkeeping): void {
  const { config, sessions } = door;
  const url = "/admin/v1/session";
  app.post(url, async (request, reply) => {
    checkOrigin(request.headers, config);
    checkToken(readBody(request, LOGIN).token, request.ip, door);
    const old = sessionIdOf(request, config);
    if (old !== undefined) sessions.close(old);
    const { id, session } = sessions.open();
    setCookie(reply, door, `${id}; Max-Age=${Math.floor((session.endsAtMs - Date.now()) / 1000)}`);
    reply.code(201);
    return toldOf(session);
  });
  app.get(url, async (request) => {
    const session = authorize(request, door);
    if (session === undefined) throw notLoggedIn();
    return toldOf(session);
  });
  app.delete(url, async (request, reply) => {
    authorize(request, door);
    const id = sessionIdOf(request, config);
    if (id !== undefined) sessions.close(id);
    setCookie(reply, door, "; Max-Age=0");
    return reply.code(204).send();
  });
}

function toldOf({ csrfToken, endsAtMs }: AdminSession): object {
  return { csrfToken, endsAt: new Date(endsAtMs).toISOString(), idleSeconds: IDLE_MS / 1000 };
}

function setCookie(reply: FastifyReply, { config }: Doorkeeping, value: string): void {
  const name = cookieName(config);
  const secure = name.startsWith("__Host-") ? "; Secure" : "";
  reply.header("set-cookie", `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${secure}`);
}
