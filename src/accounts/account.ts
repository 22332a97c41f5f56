import type { ConsentRule } from "./consent.ts";

/** Whether an account may use the service; every state but `active` has its own answer. */
export const ACCOUNT_STATES = [
  "active",
  "opening",
  "arrears",
  "frozen",
  "stopped",
  "recovered",
  "not-activated",
] as const;

/** One of {@link ACCOUNT_STATES}. */
export type AccountState = (typeof ACCOUNT_STATES)[number];

/** Calls a second by action; `*` stands for every action without its own entry, 0 for no limit. */
export type Rates = Readonly<Record<string, number>>;

/** What an operator decides about an account. */
export interface AccountTerms {
  readonly state: AccountState;
  /** Actions the account may call; undefined for all. */
  readonly allowedActions: readonly string[] | undefined;
  /** Actions that are not named have the server's own rate. */
  readonly rates: Rates;
  /** Successful calls in a calendar month (UTC); undefined for no bound. */
  readonly monthlyQuota: number | undefined;
  /** Prepaid calls that are left; undefined when calls are not prepaid. */
  readonly balance: number | undefined;
  /** How it attests the consent of the persons shown; undefined when it need not. */
  readonly consent: ConsentRule | undefined;
}

/** Who calls. */
export interface Account extends AccountTerms {
  readonly id: string;
  /** The operator's word for it; empty for accounts made without one. */
  readonly name: string;
}

/** Terms of accounts that are made for others: the original's rates. */
export const USUAL_TERMS: AccountTerms = {
  state: "active",
  allowedActions: undefined,
  rates: { FuseFaceUltra: 2, DescribeMaterialList: 1 },
  monthlyQuota: undefined,
  balance: undefined,
  consent: undefined,
};
