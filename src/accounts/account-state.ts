import type { Reason } from "../base/app-error.ts";
import { AppError } from "../base/app-error.ts";
import type { Account, AccountState } from "./account.ts";

/** What is answered in each state; undefined where calls are served. */
const REASONS: Readonly<Record<AccountState, Reason | undefined>> = {
  active: undefined,
  opening: "account-opening",
  arrears: "account-in-arrears",
  frozen: "account-frozen",
  stopped: "account-stopped",
  recovered: "account-recovered",
  "not-activated": "account-not-activated",
};

/** Throws the reason of the account's state unless it is active. */
export function checkState(account: Account): void {
  const reason = REASONS[account.state];
  if (reason !== undefined) throw new AppError(reason, `The account is ${account.state}.`);
}
