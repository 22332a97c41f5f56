import { AppError } from "../base/app-error.ts";

/** Which layer of the download refused or failed; for logs and metrics only. */
export type DownloadFault =
  | "name"
  | "address"
  | "dns"
  | "connection"
  | "redirect"
  | "status"
  | "encoding"
  | "too-slow"
  | "timeout";

/** The caller's URL is not one that is ever fetched. */
export function urlIllegal(why: string): AppError {
  return new AppError(
    "url-illegal",
    "A picture URL must be http or https on port 80 or 443, without user name, at most 2048 characters.",
    { details: { why } },
  );
}

/**
 * Every other failure of a download: one text for all, so that answers tell nothing about the network behind
 * the server. What happened is in the details, for the log.
 */
export function downloadFailed(fault: DownloadFault, host: string, cause?: unknown): AppError {
  return new AppError("download-failed", "The picture could not be downloaded.", {
    details: { fault, host },
    cause,
  });
}

/** Too many downloads run already; a retry in a second may succeed. */
export function noFreeSlot(maxWaitMs: number): AppError {
  return new AppError("overloaded", "Too many downloads are in progress. Try again in a second.", {
    details: { bound: "downloads", maxWaitMs },
  });
}

/** The body is larger than a picture may be. */
export function bodyTooLarge(limitBytes: number): AppError {
  return new AppError(
    "picture-bytes-exceeded",
    `A picture from a URL may have at most ${limitBytes} bytes.`,
    { details: { limitBytes } },
  );
}

/** The answer had no body. */
export function bodyEmpty(): AppError {
  return new AppError("picture-missing", "The URL answered with an empty file.");
}
