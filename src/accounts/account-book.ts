import type { Account, AccountTerms } from "./account.ts";
import type { KeyPair, TemporaryKey } from "./accounts.ts";

/** A key as an operator sees it; its secret is shown only when it is made. */
export interface ListedKey {
  readonly secretId: string;
  /** ISO time. */
  readonly createdAt: string;
  /** Unix ms; of temporary keys only. */
  readonly expiresAtMs: number | undefined;
  /** A disabled key is unknown to callers until it is enabled again. */
  readonly isEnabled: boolean;
}

/** An account with its keys. */
export interface ListedAccount extends Account {
  /** ISO time. */
  readonly createdAt: string;
  readonly keys: readonly ListedKey[];
}

/** Successful calls of one action in one month. */
export interface MonthlyUsage {
  /** `YYYY-MM`, UTC. */
  readonly month: string;
  readonly action: string;
  readonly calls: number;
}

/** Successful calls of one action on one day. */
export interface DailyUsage {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly action: string;
  readonly calls: number;
}

/** Pairs that an account may have at once, so that one can be replaced without a gap. */
export const MAX_PAIRS = 2;

/**
 * The operator's side of the accounts. What cannot be done throws `configuration-invalid` with a sentence for the
 * operator; changes hold for running servers from their next call on.
 */
export interface AccountBook extends AsyncDisposable {
  /** Makes an account and returns its id. The name must be new. */
  create(name: string, terms: AccountTerms): Promise<string>;
  /** Returns every account, oldest first. */
  list(): Promise<readonly ListedAccount[]>;
  /** Finds an account by its id, its name or one of its SecretIds. */
  find(text: string): Promise<ListedAccount>;
  /** Replaces the terms that are given and leaves the others. */
  change(accountId: string, terms: Partial<AccountTerms>): Promise<void>;
  /** Adds a pair, in the place of `retired` when it is given; throws over {@link MAX_PAIRS}. */
  addPair(accountId: string, pair: KeyPair, retired?: string): Promise<void>;
  /** Adds a temporary key. Ones that have ended are forgotten here. */
  addTemporaryKey(accountId: string, key: TemporaryKey): Promise<void>;
  /** Ends a key at once. */
  removeKey(accountId: string, secretId: string): Promise<void>;
  /** Switches a key off or on again. */
  setKeyEnabled(accountId: string, secretId: string, isEnabled: boolean): Promise<void>;
  /** Returns the account's successful calls of the days from `firstDay` (`YYYY-MM-DD`) on, newest day first. */
  dailyUsage(accountId: string, firstDay: string): Promise<readonly DailyUsage[]>;
  /** Returns the account's successful calls, newest month first. */
  usage(accountId: string): Promise<readonly MonthlyUsage[]>;
}
