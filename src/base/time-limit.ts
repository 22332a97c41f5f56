import { AppError } from "./app-error.ts";

/** A signal that also aborts when time is up; dispose of it as soon as the work is done. */
export interface TimeLimit extends Disposable {
  /** Aborts with `deadline-exceeded` after the given time, or earlier with the outer signal's reason. */
  readonly signal: AbortSignal;
}

/** Starts a limit of `timeMs` (monotonic clock) within the outer signal, if any. */
export function limitTime(timeMs: number, outer?: AbortSignal): TimeLimit {
  const own = new AbortController();
  const timer = setTimeout(() => {
    own.abort(
      new AppError("deadline-exceeded", "The work was not done in time.", { details: { timeMs } }),
    );
  }, timeMs);
  return {
    signal: outer === undefined ? own.signal : AbortSignal.any([outer, own.signal]),
    [Symbol.dispose]: () => clearTimeout(timer),
  };
}
