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

/** As many jobs wait as may. */
export function lineFull(maxLength: number): AppError {
  const sentence = "The server is busy: the queue is full. Try again in a second.";
  return new AppError("overloaded", sentence, { details: { bound: "queue", maxLength } });
}

/** A job would wait for longer than anybody should. */
export function waitTooLong(estimateMs: number): AppError {
  const sentence = "The server is busy: the wait would be too long. Try again in a second.";
  const details = { bound: "wait", estimateMs: Math.round(estimateMs) };
  return new AppError("overloaded", sentence, { details });
}

/** These pictures killed two workers a short while ago. */
export function inQuarantine(): AppError {
  return new AppError("worker-lost", "The same pictures made two workers fail.", {
    details: { bound: "quarantine" },
  });
}
