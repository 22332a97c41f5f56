import { AppError } from "../base/app-error.ts";

/** Counts calls in one-second windows. */
export interface RateLimit {
  /** Counts one call of `subject` and throws `rate-exceeded` when it is over the limit of this second. */
  count(subject: string): void;
}

/**
 * Makes a limit of `perSecond` calls for each subject, 0 for none. Windows are whole seconds of `nowMs`, by arrival,
 * as in the original; refused calls count too, which is where its messages get their number from.
 */
export function createRateLimit(perSecond: number, nowMs: () => number): RateLimit {
  let second = 0;
  let counts = new Map<string, number>();
  return {
    count(subject) {
      if (perSecond === 0) return;
      const now = Math.floor(nowMs() / 1000);
      if (now !== second) {
        second = now;
        counts = new Map();
      }
      const count = (counts.get(subject) ?? 0) + 1;
      counts.set(subject, count);
      if (count > perSecond) {
        throw new AppError("rate-exceeded", "Too many calls in one second.", {
          details: { count, limit: perSecond },
        });
      }
    },
  };
}
