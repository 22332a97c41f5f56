import { AppError } from "./app-error.ts";

/** Returns why `signal` was aborted: the {@link AppError} given as its reason, else `cancelled`. */
export function abortErrorOf(signal: AbortSignal): AppError {
  if (signal.reason instanceof AppError) return signal.reason;
  return new AppError("cancelled", "The caller went away before the answer was ready.", {
    cause: signal.reason,
  });
}
