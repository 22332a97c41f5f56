/** Every fault a caller, an operator or the surroundings can cause, named in our own words; `protocol/` maps each to a wire code. */
export type Reason =
  // requests
  | "unsupported-protocol"
  | "unsupported-content-type"
  | "request-too-large"
  | "malformed-request"
  | "malformed-form"
  | "missing-parameter"
  | "unknown-parameter"
  | "wrong-parameter-type"
  | "invalid-parameter-value"
  | "nonce-invalid"
  | "field-value-invalid"
  | "fusion-parameter-invalid"
  | "face-rect-invalid"
  // credentials
  | "authorization-malformed"
  | "secret-id-not-found"
  | "signature-expired"
  | "signature-mismatch"
  | "signature-replayed"
  | "signed-body-too-large"
  | "signature-family-refused"
  | "token-invalid"
  | "not-permitted"
  | "consent-missing"
  | "action-unknown"
  | "version-unknown"
  | "region-invalid"
  | "rate-exceeded"
  // accounts
  | "account-opening"
  | "account-in-arrears"
  | "account-frozen"
  | "account-stopped"
  | "account-recovered"
  | "account-not-activated"
  | "quota-exhausted"
  | "balance-insufficient"
  // pictures
  | "picture-missing"
  | "picture-undecodable"
  | "picture-too-small"
  | "picture-too-large"
  | "picture-bytes-exceeded"
  | "picture-pixels-exceeded"
  | "url-illegal"
  | "download-failed"
  // moderation
  | "moderation-refused"
  | "moderation-unavailable"
  | "moderation-empty"
  | "moderation-unreadable"
  // faces
  | "face-not-found"
  | "face-too-small"
  // materials
  | "activity-not-found"
  | "material-not-found"
  | "material-gone"
  | "material-not-approved"
  | "template-face-not-found"
  // running
  | "overloaded"
  | "resources-exhausted"
  | "model-type-not-offered"
  | "result-empty"
  | "result-not-stored"
  | "deadline-exceeded"
  | "worker-lost"
  | "cancelled"
  | "internal"
  // operators
  | "configuration-invalid"
  | "model-unavailable";

/** What a maker of an {@link AppError} may say beyond its reason and message. */
export interface AppErrorOptions {
  /** Facts safe to log; never pictures, secrets or whole URLs. */
  readonly details?: Readonly<Record<string, string | number | boolean>>;
  readonly cause?: unknown;
  /** True when an operator should look at it. */
  readonly report?: boolean;
}

/** An expected fault: carries its reason, a sentence the caller may read, and facts that are safe to log. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly reason: Reason;
  readonly details: Readonly<Record<string, string | number | boolean>>;
  readonly report: boolean;

  constructor(reason: Reason, publicMessage: string, options: AppErrorOptions = {}) {
    super(publicMessage, options.cause === undefined ? undefined : { cause: options.cause });
    this.reason = reason;
    this.details = options.details ?? {};
    this.report = options.report ?? false;
  }
}

/** Tells an expected fault from a programming mistake. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}
