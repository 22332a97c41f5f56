import { AppError } from "../base/app-error.ts";

/** Two workers died under the same job. */
export function workerLost(): AppError {
  return new AppError("worker-lost", "The fusion failed twice: its worker process died.", {
    report: true,
  });
}

/** There is no worker and none can be started. */
export function noWorker(cause?: unknown): AppError {
  return new AppError("resources-exhausted", "No worker process can be started.", {
    cause,
    report: true,
  });
}
