/** A key pair that may sign calls, and whose it is. */
export interface Credential {
  readonly accountId: string;
  readonly secretId: string;
  readonly secretKey: string;
}

/** Where accounts and their keys are kept. */
export interface Accounts {
  /** Returns the pair of a SecretId, or undefined when there is none. */
  findCredential(secretId: string): Promise<Credential | undefined>;
  /** Adds an account with one pair. A pair that is there already gets the new SecretKey and keeps its account. */
  putCredential(pair: Pick<Credential, "secretId" | "secretKey">): Promise<Credential>;
  /** Tells whether no account has been made yet. */
  isEmpty(): Promise<boolean>;
  [Symbol.asyncDispose](): Promise<void>;
}
