import { randomUUID } from "node:crypto";
import { AppError } from "../../base/app-error.ts";
import { inTransaction } from "../../base/sqlite-file.ts";
import type { AccountBook, ListedAccount, ListedKey } from "../account-book.ts";
import { MAX_PAIRS } from "../account-book.ts";
import type { KeyPair, TemporaryKey } from "../accounts.ts";
import type { Row } from "./account-row.ts";
import { ACCOUNT_COLUMNS, accountFrom, termValues, tokenPlace } from "./account-row.ts";
import type { OpenDatabase } from "./open-database.ts";
import { openDatabase } from "./open-database.ts";

const SELECT_ACCOUNTS = `SELECT ${ACCOUNT_COLUMNS}, a.created_at FROM accounts a`;

/** Opens the embedded store for an operator; servers may be running on it. */
export async function createSqliteAccountBook(dataDir: string): Promise<AccountBook> {
  const opened = await openDatabase(dataDir);
  const { database } = opened;
  return {
    ...accountsOf(opened),
    ...keysOf(opened),
    ...usageIn(opened),
    async [Symbol.asyncDispose]() {
      database.close();
    },
  };
}

function accountsOf(
  opened: OpenDatabase,
): Pick<AccountBook, "create" | "list" | "find" | "change"> {
  const { database } = opened;
  return {
    async create(name, terms) {
      const id = randomUUID();
      inTransaction(database, () => {
        if (database.prepare("SELECT 1 FROM accounts WHERE name = ?").get(name) !== undefined) {
          throw refusal(`There is an account named ${name} already.`);
        }
        const insert = database.prepare(
          `INSERT INTO accounts (id, name, created_at, state, allowed_actions, rates, monthly_quota, balance, consent)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        );
        insert.run(id, name, new Date().toISOString(), ...termValues(terms));
      });
      return id;
    },
    async list() {
      const rows = database.prepare(`${SELECT_ACCOUNTS} ORDER BY a.created_at, a.id`).all();
      return rows.map((row) => listedFrom(opened, row));
    },
    async find(text) {
      const row = database
        .prepare(
          `${SELECT_ACCOUNTS} WHERE a.id = ?1 OR (a.name = ?1 AND a.name <> '')
             OR a.id = (SELECT account_id FROM keys WHERE secret_id = ?1)`,
        )
        .get(text);
      if (row === undefined) throw refusal(`There is no account ${text}.`);
      return listedFrom(opened, row);
    },
    async change(accountId, terms) {
      inTransaction(database, () => {
        const row = database.prepare(`${SELECT_ACCOUNTS} WHERE a.id = ?`).get(accountId);
        if (row === undefined) throw refusal(`There is no account ${accountId}.`);
        const update = database.prepare(
          `UPDATE accounts SET state = ?, allowed_actions = ?, rates = ?, monthly_quota = ?, balance = ?, consent = ?
           WHERE id = ?`,
        );
        update.run(...termValues({ ...accountFrom(row), ...terms }), accountId);
      });
    },
  };
}

function usageIn({ database }: OpenDatabase): Pick<AccountBook, "usage" | "dailyUsage"> {
  const months = database.prepare(
    "SELECT month, action, calls FROM usage WHERE account_id = ? AND calls > 0 ORDER BY month DESC, action",
  );
  const days = database.prepare(
    `SELECT day, action, calls FROM daily_usage WHERE account_id = ? AND day >= ? AND calls > 0
     ORDER BY day DESC, action`,
  );
  const countOf = (row: Row) => ({ action: String(row.action), calls: Number(row.calls) });
  return {
    usage: async (accountId) =>
      months.all(accountId).map((row) => ({ month: String(row.month), ...countOf(row) })),
    dailyUsage: async (accountId, firstDay) =>
      days.all(accountId, firstDay).map((row) => ({ day: String(row.day), ...countOf(row) })),
  };
}

function keysOf(
  opened: OpenDatabase,
): Pick<AccountBook, "addPair" | "addTemporaryKey" | "removeKey" | "setKeyEnabled"> {
  const { database } = opened;
  const remove = (accountId: string, secretId: string): void => {
    const statement = "DELETE FROM keys WHERE account_id = ? AND secret_id = ?";
    if (database.prepare(statement).run(accountId, secretId).changes === 0) {
      throw refusal(`The account has no key ${secretId}.`);
    }
  };
  return {
    async addPair(accountId, pair, retired) {
      inTransaction(database, () => {
        if (retired !== undefined) remove(accountId, retired);
        const pairs = keysIn(opened, accountId).filter((key) => key.expiresAtMs === undefined);
        if (pairs.length >= MAX_PAIRS) {
          throw refusal(
            `The account has ${MAX_PAIRS} pairs already; name the one that ends with --retire.`,
          );
        }
        insertKey(opened, accountId, pair);
      });
    },
    async addTemporaryKey(accountId, key) {
      inTransaction(database, () => {
        database.prepare("DELETE FROM keys WHERE expires_at_ms < ?").run(Date.now());
        insertKey(opened, accountId, key);
      });
    },
    async removeKey(accountId, secretId) {
      remove(accountId, secretId);
    },
    async setKeyEnabled(accountId, secretId, isEnabled) {
      const statement = "UPDATE keys SET is_disabled = ? WHERE account_id = ? AND secret_id = ?";
      if (database.prepare(statement).run(isEnabled ? 0 : 1, accountId, secretId).changes === 0) {
        throw refusal(`The account has no key ${secretId}.`);
      }
    },
  };
}

function insertKey(
  { database, box }: OpenDatabase,
  accountId: string,
  key: KeyPair & Partial<TemporaryKey>,
): void {
  const { secretId, secretKey, token, expiresAtMs } = key;
  const insert = database.prepare(
    `INSERT INTO keys (secret_id, account_id, secret_key, created_at, token, expires_at_ms)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const sealedToken = token === undefined ? null : box.seal(token, tokenPlace(secretId));
  insert.run(
    secretId,
    accountId,
    box.seal(secretKey, secretId),
    new Date().toISOString(),
    sealedToken,
    expiresAtMs ?? null,
  );
}

function listedFrom(opened: OpenDatabase, row: Row): ListedAccount {
  const account = accountFrom(row);
  return { ...account, createdAt: String(row.created_at), keys: keysIn(opened, account.id) };
}

function keysIn({ database }: OpenDatabase, accountId: string): readonly ListedKey[] {
  const rows = database
    .prepare(
      "SELECT secret_id, created_at, expires_at_ms, is_disabled FROM keys WHERE account_id = ? ORDER BY created_at, secret_id",
    )
    .all(accountId);
  return rows.map((row) => ({
    secretId: String(row.secret_id),
    createdAt: String(row.created_at),
    expiresAtMs: row.expires_at_ms === null ? undefined : Number(row.expires_at_ms),
    isEnabled: row.is_disabled === 0,
  }));
}

function refusal(message: string): AppError {
  return new AppError("configuration-invalid", message);
}
