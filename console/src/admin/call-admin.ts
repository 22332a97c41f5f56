import { createStore } from "../state/store.ts";

/** The operator's session as the page knows it; the cookie itself is out of its reach. */
export type AdminSession =
  /** Not asked yet. */
  | "unknown"
  /** Nobody is logged in. */
  | "none"
  | { readonly csrfToken: string; readonly endsAt: string };

/** Who is logged in. */
export const adminSession = createStore<AdminSession>("unknown");

/** The API said no; the message is for the operator. */
export class AdminError extends Error {
  override readonly name = "AdminError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What can be asked for. */
export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/**
 * Calls the operator's API, `path` below `/admin/v1/`. Throws {@link AdminError} for refusals and when the server
 * cannot be reached; after 401 the login is shown again.
 */
export async function callAdmin<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const session = adminSession.get();
  const csrf = typeof session === "object" ? { "x-csrf-token": session.csrfToken } : {};
  const json = body === undefined ? {} : { "content-type": "application/json" };
  const response = await fetch(`/admin/v1/${path}`, {
    method,
    headers: { ...csrf, ...json },
    cache: "no-store",
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new AdminError(0, String(cause));
  });
  if (response.ok) return (response.status === 204 ? undefined : await response.json()) as T;
  if (response.status === 401) adminSession.set("none");
  throw new AdminError(response.status, await messageOf(response));
}

async function messageOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return String(JSON.parse(text).error.message);
  } catch {
    return text.slice(0, 200) || `HTTP ${response.status}`;
  }
}

/** Finds out whether this browser is logged in. Throws when the server cannot be reached. */
export async function findSession(): Promise<void> {
  try {
    adminSession.set(await callAdmin<Exclude<AdminSession, string>>("GET", "session"));
  } catch (error) {
    if (!(error instanceof AdminError && error.status === 401)) throw error;
  }
}

/** Logs in by the operator's token. Throws {@link AdminError}. */
export async function logIn(token: string): Promise<void> {
  adminSession.set(await callAdmin<Exclude<AdminSession, string>>("POST", "session", { token }));
}

/** Ends the session. */
export async function logOut(): Promise<void> {
  await callAdmin<void>("DELETE", "session");
  adminSession.set("none");
}
