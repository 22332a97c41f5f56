import { AppError } from "../base/app-error.ts";
import type { Account } from "./account.ts";

/** Throws `not-permitted` when the account may not call the action. */
export function checkPermitted(account: Account, action: string): void {
  if (account.allowedActions?.includes(action) ?? true) return;
  throw new AppError("not-permitted", "The account may not call this action.", {
    details: { action },
  });
}
