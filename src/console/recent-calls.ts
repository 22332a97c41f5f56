import type { WatchedAnswer } from "../http/call-watch.ts";

/** A call that was answered: what the log knows of it, without any content. */
export type RecentCall = Omit<WatchedAnswer, "accountId">;

/** The last calls of each account, in memory. */
export interface RecentCalls {
  /** Keeps the parameters of a call that is being worked on, if that was asked for. */
  begin(requestId: string, parameters: unknown): void;
  add(answered: WatchedAnswer): RecentCall;
  /** Newest first. */
  list(accountId: string): readonly RecentCall[];
  /** JSON of the parameters of an account's call; undefined when they were not kept or have been dropped. */
  parametersOf(accountId: string, requestId: string): string | undefined;
}

/** How much is kept. */
export interface RecentCallsLimits {
  readonly keepsParameters: boolean;
  readonly maxCallsPerAccount: number;
  readonly maxAccounts: number;
  /** Of all kept parameters together, characters. */
  readonly maxParameterCharacters: number;
}

/** What a server keeps: some hundred bytes a call, and 64 MiB of parameters where these are kept. */
export const USUAL_LIMITS: Omit<RecentCallsLimits, "keepsParameters"> = {
  maxCallsPerAccount: 200,
  maxAccounts: 200,
  maxParameterCharacters: 64 * 1024 ** 2,
};

/** Makes the memory; the oldest goes first, the account that was quiet for longest too. */
export function createRecentCalls(limits: RecentCallsLimits): RecentCalls {
  const byAccount = new Map<string, RecentCall[]>();
  const parameters = createParameterMemory(limits.maxParameterCharacters);
  return {
    begin(requestId, given) {
      if (limits.keepsParameters) parameters.put(requestId, JSON.stringify(given));
    },
    add({ accountId, ...call }) {
      const calls = byAccount.get(accountId) ?? [];
      calls.unshift(call);
      calls.splice(limits.maxCallsPerAccount);
      // Set anew, so that the map's order is that of the last calls.
      byAccount.delete(accountId);
      byAccount.set(accountId, calls);
      const [quietest] = byAccount.keys();
      if (byAccount.size > limits.maxAccounts && quietest !== undefined) byAccount.delete(quietest);
      return call;
    },
    list: (accountId) => byAccount.get(accountId) ?? [],
    parametersOf(accountId, requestId) {
      const isOwn = byAccount.get(accountId)?.some((call) => call.requestId === requestId);
      return isOwn ? parameters.get(requestId) : undefined;
    },
  };
}

interface ParameterMemory {
  put(requestId: string, text: string): void;
  get(requestId: string): string | undefined;
}

function createParameterMemory(maxCharacters: number): ParameterMemory {
  const texts = new Map<string, string>();
  let characters = 0;
  return {
    put(requestId, text) {
      texts.set(requestId, text);
      characters += text.length;
      for (const [oldest, dropped] of texts) {
        if (characters <= maxCharacters) break;
        texts.delete(oldest);
        characters -= dropped.length;
      }
    },
    get: (requestId) => texts.get(requestId),
  };
}
