import { AppError } from "../base/app-error.ts";

/** Which bound on storage was met; for logs and metrics only. */
export type StorageShortage = "quota" | "free-space" | "write";

/** There is no room for a result; a base64 answer would still have worked. */
export function storageFull(shortage: StorageShortage, cause?: unknown): AppError {
  return new AppError("resources-exhausted", "There is no room to store the result.", {
    details: { shortage },
    cause,
    report: true,
  });
}

/** A deletion that names neither a request nor an account. */
export function resultOwnerMissing(): AppError {
  return new AppError("field-value-invalid", "Name a request or an account.");
}
