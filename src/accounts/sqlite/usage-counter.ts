import type { DatabaseSync } from "node:sqlite";
import { AppError, isAppError } from "../../base/app-error.ts";
import { inTransaction, whenFree } from "../../base/sqlite-file.ts";
import type { Accounts, CountedCall } from "../accounts.ts";

/** Counts calls in the store, for every server that shares its file. */
export function createUsageCounter(database: DatabaseSync): Pick<Accounts, "charge" | "refund"> {
  const add = database.prepare(
    `INSERT INTO usage (account_id, month, action, calls) VALUES (?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET calls = calls + 1`,
  );
  const takeBack = database.prepare(
    "UPDATE usage SET calls = calls - 1 WHERE account_id = ? AND month = ? AND action = ? AND calls > 0",
  );
  const addToDay = database.prepare(
    `INSERT INTO daily_usage (account_id, day, action, calls) VALUES (?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET calls = calls + 1`,
  );
  const takeFromDay = database.prepare(
    "UPDATE daily_usage SET calls = calls - 1 WHERE account_id = ? AND day = ? AND action = ? AND calls > 0",
  );
  const bounds = database.prepare(
    `SELECT monthly_quota AS quota, balance,
       (SELECT sum(calls) FROM usage WHERE account_id = id AND month = ?) AS used
     FROM accounts WHERE id = ?`,
  );
  const pay = database.prepare("UPDATE accounts SET balance = balance + ? WHERE id = ?");

  return {
    async charge(call) {
      const month = monthOf(call);
      const count = (): void => {
        checkBounds(bounds.get(month, call.accountId));
        pay.run(-1, call.accountId);
        add.run(call.accountId, month, call.action);
        addToDay.run(call.accountId, dayOf(call), call.action);
      };
      try {
        await whenFree(() => inTransaction(database, count));
      } catch (error) {
        throw isAppError(error) ? error : notCounted(error);
      }
    },
    async refund(call) {
      const takeAllBack = (): void => {
        pay.run(1, call.accountId);
        takeBack.run(call.accountId, monthOf(call), call.action);
        takeFromDay.run(call.accountId, dayOf(call), call.action);
      };
      await whenFree(() => inTransaction(database, takeAllBack));
    },
  };
}

/** An account without a balance has NULL there, which stays NULL whatever is added. */
function checkBounds(row: ReturnType<ReturnType<DatabaseSync["prepare"]>["get"]>): void {
  if (row === undefined) return;
  if (row.quota !== null && Number(row.used) >= Number(row.quota)) {
    throw new AppError("quota-exhausted", "The account's quota of this month is used up.");
  }
  if (row.balance !== null && Number(row.balance) < 1) {
    throw new AppError("balance-insufficient", "The account has no prepaid calls left.");
  }
}

function monthOf({ atMs }: CountedCall): string {
  return new Date(atMs).toISOString().slice(0, 7);
}

function dayOf({ atMs }: CountedCall): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** A full disk is the usual cause: what cannot be counted is not served. */
function notCounted(cause: unknown): AppError {
  return new AppError("resources-exhausted", "The call cannot be counted.", {
    cause,
    report: true,
  });
}
