import { abortErrorOf } from "../base/abort-error.ts";
import type { DownloadConfig } from "./config.ts";
import { noFreeSlot } from "./errors.ts";

/** Bounds on how many downloads run at once: of all, of an account, and to one destination. */
export interface DownloadSlots {
  /**
   * Waits until the account may download one picture more. Throws `overloaded` when that takes too long, or the
   * signal's error. Call the returned function once to give the slot back.
   */
  admit(account: string, signal: AbortSignal): Promise<() => void>;
  /** Waits, in the same way, until a connection to one of `destinations` may be opened for the account. */
  connect(
    account: string,
    destinations: readonly string[],
    signal: AbortSignal,
  ): Promise<() => void>;
}

/** Which of the settings bound the slots. */
export type SlotLimits = Pick<
  DownloadConfig,
  "maxConcurrent" | "maxPerAccount" | "maxPerDestination" | "maxWaitMs"
>;

/** What a download needs to be free, each with its bound. */
interface Claim {
  readonly account: string;
  readonly bounds: ReadonlyMap<string, number>;
}

interface Waiter {
  readonly claim: Claim;
  enter(): void;
}

/**
 * Makes the slots. Whoever can be served is, so that a destination that hangs holds up nobody but those who want it too;
 * of several the account with the fewest connections comes first, then who came first.
 */
export function createDownloadSlots(limits: SlotLimits): DownloadSlots {
  const used = new Map<string, number>();
  const waiting: Waiter[] = [];

  const usedOf = (key: string): number => used.get(key) ?? 0;
  const fits = ({ bounds }: Claim): boolean =>
    [...bounds].every(([key, bound]) => usedOf(key) < bound);
  const connectionsOf = ({ claim }: Waiter): number => usedOf(connectionsKey(claim.account));

  function change({ bounds }: Claim, by: 1 | -1): void {
    for (const key of bounds.keys()) {
      const count = usedOf(key) + by;
      if (count === 0) used.delete(key);
      else used.set(key, count);
    }
  }

  function serveWaiting(): void {
    for (;;) {
      const [next] = waiting
        .filter(({ claim }) => fits(claim))
        .sort((a, b) => connectionsOf(a) - connectionsOf(b));
      if (next === undefined) return;
      change(next.claim, 1);
      next.enter();
    }
  }

  async function take(claim: Claim, signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) throw abortErrorOf(signal);
    if (fits(claim)) change(claim, 1);
    else await waitInLine(waiting, claim, { signal, maxWaitMs: limits.maxWaitMs });
    return () => {
      change(claim, -1);
      serveWaiting();
    };
  }

  return {
    admit: (account, signal) =>
      take({ account, bounds: new Map([[`account ${account}`, limits.maxPerAccount]]) }, signal),
    connect: (account, destinations, signal) =>
      take({ account, bounds: boundsOf(account, destinations, limits) }, signal),
  };
}

function boundsOf(
  account: string,
  destinations: readonly string[],
  { maxConcurrent, maxPerDestination }: SlotLimits,
): ReadonlyMap<string, number> {
  const own = destinations.map((one) => [`destination ${one}`, maxPerDestination] as const);
  // Only counted: how many an account may have is decided before.
  const counted = [connectionsKey(account), Number.POSITIVE_INFINITY] as const;
  return new Map([["all", maxConcurrent], counted, ...own]);
}

function connectionsKey(account: string): string {
  return `connections ${account}`;
}

function waitInLine(
  waiting: Waiter[],
  claim: Claim,
  { signal, maxWaitMs }: { readonly signal: AbortSignal; readonly maxWaitMs: number },
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const waiter: Waiter = {
    claim,
    enter() {
      leave();
      resolve();
    },
  };
  const onAbort = (): void => {
    leave();
    reject(abortErrorOf(signal));
  };
  const timer = setTimeout(() => {
    leave();
    reject(noFreeSlot(maxWaitMs));
  }, maxWaitMs);
  function leave(): void {
    waiting.splice(waiting.indexOf(waiter), 1);
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
  }
  signal.addEventListener("abort", onAbort, { once: true });
  waiting.push(waiter);
  return promise;
}
