import { isIPv6 } from "node:net";
import { ipv6Groups } from "./ipv6-groups.ts";

/** Slows down whoever fails again and again. */
export interface FailureLimit {
  /** Returns how many ms the address has to wait before its next try; 0 when it may try. */
  waitMs(address: string): number;
  /** Notes a failed try. */
  note(address: string): void;
  /** Forgets the failures of an address that succeeded. */
  forgive(address: string): void;
}

/** How many failures are free, and how long each further one costs. */
export interface FailureAllowance {
  readonly free: number;
  readonly eachMs: number;
}

interface Debt {
  /** Failures that have not been waited off, as of `atMs`. */
  failures: number;
  atMs: number;
}

/** Addresses that are remembered; beyond, the oldest are forgotten, so that strangers cannot fill the memory. */
const MAX_ADDRESSES = 10_000;

/** One customer has a whole /64 of IPv6 and may come from any address of it. */
function networkOf(address: string): string {
  const isMapped = /^::ffff:\d+\./i.test(address);
  return isIPv6(address) && !isMapped ? ipv6Groups(address, 4).join(":") : address;
}

/** Makes a limit: one failure is waited off every `eachMs`, and up to `free` may be open. `nowMs` must not jump. */
export function createFailureLimit(allowance: FailureAllowance, nowMs: () => number): FailureLimit {
  const debts = new Map<string, Debt>();

  function openFailures(address: string): number {
    const debt = debts.get(address);
    if (debt === undefined) return 0;
    return Math.max(0, debt.failures - (nowMs() - debt.atMs) / allowance.eachMs);
  }

  return {
    waitMs(address) {
      const surplus = openFailures(networkOf(address)) - allowance.free + 1;
      return surplus > 0 ? Math.ceil(surplus * allowance.eachMs) : 0;
    },
    note(address) {
      const network = networkOf(address);
      const failures = openFailures(network) + 1;
      debts.delete(network);
      debts.set(network, { failures, atMs: nowMs() });
      if (debts.size > MAX_ADDRESSES) debts.delete(debts.keys().next().value!);
    },
    forgive: (address) => void debts.delete(networkOf(address)),
  };
}
