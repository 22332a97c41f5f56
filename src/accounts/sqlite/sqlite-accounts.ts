import { randomUUID } from "node:crypto";
import { inTransaction, waitBriefly, whenFree } from "../../base/sqlite-file.ts";
import type { Accounts, Credential, KeyPair } from "../accounts.ts";
import { ACCOUNT_COLUMNS, accountFrom, tokenPlace } from "./account-row.ts";
import type { OpenDatabase } from "./open-database.ts";
import { openDatabase } from "./open-database.ts";
import { createUsageCounter } from "./usage-counter.ts";

/**
 * Opens the embedded store for a server. A lookup reads one row by its primary key (microseconds) each time, so that
 * what an operator changes takes effect with the next call.
 */
export async function createSqliteAccounts(dataDir: string): Promise<Accounts> {
  const opened = await openDatabase(dataDir);
  // A count may be lost with the machine's power, but not with the process; waiting for the disk would hold up calls.
  opened.database.exec("PRAGMA synchronous = NORMAL");
  waitBriefly(opened.database);
  return accountsIn(opened);
}

function accountsIn({ database, box }: OpenDatabase): Accounts {
  const select = database.prepare(
    `SELECT ${ACCOUNT_COLUMNS}, k.secret_key, k.token, k.expires_at_ms
     FROM keys k JOIN accounts a ON a.id = k.account_id
     WHERE k.secret_id = ? AND k.is_disabled = 0`,
  );
  const countAccounts = database.prepare("SELECT count(*) AS count FROM accounts");

  const find = (secretId: string): Credential | undefined => {
    const row = select.get(secretId);
    if (row === undefined) return undefined;
    const secretKey = box.open(row.secret_key as Uint8Array, secretId);
    const pair = { account: accountFrom(row), secretId, secretKey };
    if (row.token === null) return pair;
    const token = box.open(row.token as Uint8Array, tokenPlace(secretId));
    return { ...pair, token, expiresAtMs: Number(row.expires_at_ms) };
  };
  return {
    ...createUsageCounter(database),
    findCredential: async (secretId) => find(secretId),
    async putCredential(pair) {
      await whenFree(() => put({ database, box }, pair));
      return find(pair.secretId)!;
    },
    isEmpty: async () => countAccounts.get()?.count === 0,
    async [Symbol.asyncDispose]() {
      database.close();
    },
  };
}

function put({ database, box }: OpenDatabase, { secretId, secretKey }: KeyPair): void {
  const sealed = box.seal(secretKey, secretId);
  const updateKey = database.prepare("UPDATE keys SET secret_key = ? WHERE secret_id = ?");
  const insertAccount = database.prepare("INSERT INTO accounts (id, created_at) VALUES (?, ?)");
  const insertKey = database.prepare(
    "INSERT INTO keys (secret_id, account_id, secret_key, created_at) VALUES (?, ?, ?, ?)",
  );
  // One transaction: no account without its key after a crash.
  inTransaction(database, () => {
    if (updateKey.run(sealed, secretId).changes > 0) return;
    const accountId = randomUUID();
    const now = new Date().toISOString();
    insertAccount.run(accountId, now);
    insertKey.run(secretId, accountId, sealed, now);
  });
}
