import type { Account } from "./account.ts";

/** A SecretId with its key. */
export interface KeyPair {
  readonly secretId: string;
  readonly secretKey: string;
}

/** A key that ends by itself and must come with its token. */
export interface TemporaryKey extends KeyPair {
  readonly token: string;
  /** Unix ms. */
  readonly expiresAtMs: number;
}

/** A key that may sign calls, and whose it is. Token and expiry belong to temporary keys. */
export interface Credential extends KeyPair, Partial<Omit<TemporaryKey, keyof KeyPair>> {
  readonly account: Account;
}

/** A call to be counted: whose, which action, when it came (Unix ms). */
export interface CountedCall {
  readonly accountId: string;
  readonly action: string;
  readonly atMs: number;
}

/** Where a server finds who may call, and counts what they do. */
export interface Accounts extends AsyncDisposable {
  /** Returns the key of a SecretId with its account as it is now, or undefined when there is none. */
  findCredential(secretId: string): Promise<Credential | undefined>;
  /** Adds an unbounded account with one pair. A pair that is there already gets the new SecretKey and keeps its account. */
  putCredential(pair: KeyPair): Promise<Credential>;
  /** Tells whether no account has been made yet. */
  isEmpty(): Promise<boolean>;
  /**
   * Counts a call before its work and takes it off a prepaid balance, all or nothing. Throws `quota-exhausted`,
   * `balance-insufficient`, and `resources-exhausted` when it cannot be written down.
   */
  charge(call: CountedCall): Promise<void>;
  /** Takes {@link charge} back for a call that failed. */
  refund(call: CountedCall): Promise<void>;
}
