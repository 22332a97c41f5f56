import type { SQLOutputValue } from "node:sqlite";
import { AppError } from "../../base/app-error.ts";
import type { Account, AccountTerms } from "../account.ts";
import { ACCOUNT_STATES } from "../account.ts";

/** A row of `accounts`, or one joined with it. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** The columns that {@link accountFrom} reads, from a table that is named `a`. */
export const ACCOUNT_COLUMNS =
  "a.id, a.name, a.state, a.allowed_actions, a.rates, a.monthly_quota, a.balance, a.consent";

/** Reads an account. Throws `configuration-invalid` for a state that this version does not know. */
export function accountFrom(row: Row): Account {
  const state = ACCOUNT_STATES.find((known) => known === row.state);
  if (state === undefined) {
    throw new AppError("configuration-invalid", `An account has the unknown state ${row.state}.`, {
      report: true,
    });
  }
  return {
    id: String(row.id),
    name: String(row.name),
    state,
    allowedActions:
      row.allowed_actions === null ? undefined : JSON.parse(String(row.allowed_actions)),
    rates: JSON.parse(String(row.rates)),
    monthlyQuota: row.monthly_quota === null ? undefined : Number(row.monthly_quota),
    balance: row.balance === null ? undefined : Number(row.balance),
    consent: row.consent === null ? undefined : JSON.parse(String(row.consent)),
  };
}

/** Returns the values of the term columns: state, allowed_actions, rates, monthly_quota, balance, consent. */
export function termValues(
  terms: AccountTerms,
): [string, string | null, string, ...(number | string | null)[]] {
  const { state, allowedActions, rates, monthlyQuota, balance, consent } = terms;
  return [
    state,
    allowedActions === undefined ? null : JSON.stringify(allowedActions),
    JSON.stringify(rates),
    monthlyQuota ?? null,
    balance ?? null,
    consent === undefined ? null : JSON.stringify(consent),
  ];
}

/** What a key's token is sealed for, apart from its SecretKey. */
export function tokenPlace(secretId: string): string {
  return `${secretId} token`;
}
