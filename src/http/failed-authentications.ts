import { AppError, isAppError, type Reason } from "../base/app-error.ts";
import { createFailureLimit } from "../base/failure-limit.ts";
import { isOwnMachine } from "../base/own-machine.ts";

/** Slows down addresses that try keys. */
export interface FailedAuthentications {
  /**
   * Returns the fault that an address is told: the one given, or `rate-exceeded` in its place once the address has
   * failed too often. Calls that are signed right never come here, so that nobody is shut out by a neighbour behind
   * the same proxy.
   */
  judge(error: unknown, address: string): unknown;
}

/** Faults of somebody who does not have a key. An old timestamp is none: clocks go wrong by themselves. */
const FAILURES: readonly Reason[] = [
  "authorization-malformed",
  "secret-id-not-found",
  "signature-mismatch",
  "token-invalid",
];

/** What an address may fail at once, in seconds of its rate. */
const BURST_SECONDS = 20;

/**
 * Makes a limit of failures a second by address; 0 is none. The own machine is exempt: there a proxy may be, for
 * which everybody has its address. `nowMs` must not jump.
 */
export function limitFailedAuthentications(
  perSecond: number,
  nowMs: () => number,
): FailedAuthentications {
  if (perSecond === 0) return { judge: (error) => error };
  const free = perSecond * BURST_SECONDS;
  const limit = createFailureLimit({ free, eachMs: 1000 / perSecond }, nowMs);
  return {
    judge(error, address) {
      if (!isAppError(error) || !FAILURES.includes(error.reason)) return error;
      if (isOwnMachine(address)) return error;
      const isOver = limit.waitMs(address) > 0;
      limit.note(address);
      if (!isOver) return error;
      return new AppError("rate-exceeded", "Too many failed signatures from one address.", {
        details: { bound: "failures", count: free, limit: perSecond },
      });
    },
  };
}
