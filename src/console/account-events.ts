import type { RecentCall } from "./recent-calls.ts";

/** Something that happened to an account's calls. */
export type AccountEvent =
  | { readonly type: "step"; readonly followAs: string; readonly step: string }
  | { readonly type: "call"; readonly call: RecentCall };

/** Carries what happens from the calls to the pages of the same account that are open. */
export interface AccountEvents {
  publish(accountId: string, event: AccountEvent): void;
  /** Calls `listener` until the returned function is called; undefined when the account has too many listeners. */
  subscribe(accountId: string, listener: (event: AccountEvent) => void): (() => void) | undefined;
}

/** Pages of one account that may listen at the same time. */
const MAX_LISTENERS = 32;

/** Makes the carrier; nothing is kept for pages that come later. */
export function createAccountEvents(): AccountEvents {
  const listeners = new Map<string, Set<(event: AccountEvent) => void>>();
  return {
    publish(accountId, event) {
      for (const listener of listeners.get(accountId) ?? []) listener(event);
    },
    subscribe(accountId, listener) {
      const own = listeners.get(accountId) ?? new Set();
      if (own.size >= MAX_LISTENERS) return undefined;
      listeners.set(accountId, own.add(listener));
      return () => {
        own.delete(listener);
        if (own.size === 0) listeners.delete(accountId);
      };
    },
  };
}
