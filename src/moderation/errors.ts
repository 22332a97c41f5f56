import { AppError } from "../base/app-error.ts";

/** The list is missing or cannot be read. */
export function moderationUnavailable(cause: unknown): AppError {
  return new AppError("moderation-unavailable", "The list of refused pictures cannot be read.", {
    cause,
    report: true,
  });
}

/** The list names no picture, which is more likely a mistake than a wish. */
export function moderationEmpty(): AppError {
  return new AppError("moderation-empty", "The list of refused pictures is empty.", {
    report: true,
  });
}

/** A line is no SHA-256. */
export function moderationUnreadable(line: number): AppError {
  return new AppError("moderation-unreadable", "The list of refused pictures has a wrong line.", {
    details: { line },
    report: true,
  });
}

/** A picture is on the list. */
export function moderationRefused(sha256: string): AppError {
  return new AppError("moderation-refused", "A picture must not be fused.", {
    details: { sha256 },
  });
}
