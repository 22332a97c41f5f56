import { AppError } from "../base/app-error.ts";

/** The list is missing or cannot be read. */
export function listUnavailable(cause: unknown): AppError {
  return new AppError("moderation-unavailable", "The list of refused pictures cannot be read.", {
    cause,
    report: true,
  });
}

/** The list names no picture, which is more likely a mistake than a wish. */
export function listEmpty(): AppError {
  return new AppError("moderation-empty", "The list of refused pictures is empty.", {
    report: true,
  });
}

/** A line is no SHA-256. */
export function listUnreadable(line: number): AppError {
  return new AppError("moderation-unreadable", "The list of refused pictures has a wrong line.", {
    details: { line },
    report: true,
  });
}

/** The service takes no requests from this server: its address or the token is wrong. */
export function serviceUnavailable(status: number | undefined, cause?: unknown): AppError {
  return new AppError("moderation-unavailable", "The moderation service refuses requests.", {
    details: status === undefined ? {} : { status },
    cause,
    report: true,
  });
}

/** The service gave no verdict: no answer in time, a fault of its own, or one that cannot be read. */
export function serviceUnreadable(problem: string, cause?: unknown): AppError {
  return new AppError("moderation-unreadable", "The moderation service gave no verdict.", {
    details: { problem },
    cause,
    report: true,
  });
}

/** The service gave a verdict that the settings have no meaning for. */
export function verdictUnknown(verdict: string): AppError {
  return new AppError("moderation-empty", "The moderation service's verdict has no meaning here.", {
    details: { verdict: verdict.slice(0, 64) },
    report: true,
  });
}

/** A picture must not be used; `details` are for the log. */
export function moderationRefused(details: AppError["details"]): AppError {
  return new AppError("moderation-refused", "A picture must not be fused.", { details });
}
