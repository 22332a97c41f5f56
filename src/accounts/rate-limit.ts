import { AppError } from "../base/app-error.ts";
import type { Rates } from "./account.ts";

/** Counts calls in one-second windows. */
export interface RateLimit {
  /** Counts one call of `subject` and throws `rate-exceeded` when it is over `perSecond`; 0 is no limit. */
  count(subject: string, perSecond: number): void;
}

/**
 * Makes a limit. Windows are whole seconds of `nowMs`, by arrival, as in the original; refused calls count too, which
 * is where its messages get their number from.
 */
export function createRateLimit(nowMs: () => number): RateLimit {
  let second = 0;
  let counts = new Map<string, number>();
  return {
    count(subject, perSecond) {
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

/** Returns the calls a second for an action: its own entry, else that of `*`, else the server's; 0 is no limit. */
export function rateOf(rates: Rates, action: string, serverRate: number): number {
  const own = Object.hasOwn(rates, action) ? rates[action] : rates["*"];
  return own ?? serverRate;
}
