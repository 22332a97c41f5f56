import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** A browser that has shown the token. */
export interface AdminSession {
  /** To be sent in `X-CSRF-Token` with everything that changes something. */
  readonly csrfToken: string;
  /** Unix ms of its latest end, however much it is used. */
  readonly endsAtMs: number;
}

/** The browsers that are logged in; they are forgotten when the server stops. */
export interface Sessions {
  /** Opens a session and returns the secret for the cookie. */
  open(): { readonly id: string; readonly session: AdminSession };
  /** Returns the session of a cookie and counts it as used; undefined when there is none or it has ended. */
  find(id: string): AdminSession | undefined;
  close(id: string): void;
}

/** A session ends after so long without a request, and at the latest so long after its login. */
export const IDLE_MS = 3_600_000;
const LONGEST_MS = 12 * 3_600_000;

/** More browsers than any operator has; the oldest makes room. */
const MAX_SESSIONS = 100;

/** Keeps sessions in memory, by the hash of their secret. */
export function createSessions(nowMs: () => number): Sessions {
  const open = new Map<string, AdminSession & { usedAtMs: number }>();
  const keyOf = (id: string): string => createHash("sha256").update(id).digest("hex");
  return {
    open() {
      const id = randomBytes(32).toString("base64url");
      const csrfToken = randomBytes(32).toString("base64url");
      const now = nowMs();
      const session = { csrfToken, endsAtMs: now + LONGEST_MS, usedAtMs: now };
      open.set(keyOf(id), session);
      if (open.size > MAX_SESSIONS) open.delete(open.keys().next().value!);
      return { id, session };
    },
    find(id) {
      const session = open.get(keyOf(id));
      if (session === undefined) return undefined;
      const now = nowMs();
      if (now >= session.endsAtMs || now - session.usedAtMs >= IDLE_MS) {
        open.delete(keyOf(id));
        return undefined;
      }
      session.usedAtMs = now;
      return session;
    },
    close: (id) => void open.delete(keyOf(id)),
  };
}

/** Compares two secrets in constant time. */
export function isSameSecret(a: string, b: string): boolean {
  const hash = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
