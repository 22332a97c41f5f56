/** Why a request to the operator's API was refused; `code` is a word for programs. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly code: string;
  /** For `Retry-After`, whole seconds. */
  readonly retrySeconds: number | undefined;

  constructor(status: number, code: string, message: string, retrySeconds?: number) {
    super(message);
    this.status = status;
    this.code = code;
    this.retrySeconds = retrySeconds;
  }
}

/** The request does not carry what lets it in. */
export function notLoggedIn(): Refusal {
  return new Refusal(401, "not-logged-in", "Log in, or send the token as a Bearer token.");
}

/** The request comes from a page that is not ours. */
export function foreignOrigin(why: string): Refusal {
  return new Refusal(403, "foreign-origin", why);
}

/** There is nothing of this name. */
export function notFound(what: string): Refusal {
  return new Refusal(404, "not-found", `There is no such ${what}.`);
}
