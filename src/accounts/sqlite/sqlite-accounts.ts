import { randomUUID } from "node:crypto";
import { chmod, mkdir } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { Accounts, Credential } from "../accounts.ts";
import { loadMasterKey } from "../master-key.ts";
import type { SecretBox } from "../secret-box.ts";
import { createSecretBox } from "../secret-box.ts";
import { migrate } from "./migrations.ts";

/**
 * Opens the embedded store: `accounts.db` and `master.key` below `dataDir`, both readable by their owner only.
 * A lookup reads one row by its primary key (microseconds), so that a change takes effect with the next call.
 */
export async function createSqliteAccounts(dataDir: string): Promise<Accounts> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const box = createSecretBox(await loadMasterKey(path.join(dataDir, "master.key")));
  const file = path.join(dataDir, "accounts.db");
  const database = new DatabaseSync(file, { timeout: 5_000 });
  await chmod(file, 0o600);
  migrate(database);
  return accountsIn(database, box);
}

function accountsIn(database: DatabaseSync, box: SecretBox): Accounts {
  const select = database.prepare(
    "SELECT account_id AS accountId, secret_key AS sealed FROM keys WHERE secret_id = ?",
  );
  const insertAccount = database.prepare("INSERT INTO accounts (id, created_at) VALUES (?, ?)");
  const insertKey = database.prepare(
    "INSERT INTO keys (secret_id, account_id, secret_key, created_at) VALUES (?, ?, ?, ?)",
  );
  const updateKey = database.prepare("UPDATE keys SET secret_key = ? WHERE secret_id = ?");
  const countAccounts = database.prepare("SELECT count(*) AS count FROM accounts");

  const find = (secretId: string): Credential | undefined => {
    const row = select.get(secretId);
    if (row === undefined) return undefined;
    const secretKey = box.open(row.sealed as Uint8Array, secretId);
    return { accountId: String(row.accountId), secretId, secretKey };
  };
  return {
    findCredential: async (secretId) => find(secretId),
    async putCredential({ secretId, secretKey }) {
      const sealed = box.seal(secretKey, secretId);
      if (updateKey.run(sealed, secretId).changes === 0) {
        const accountId = randomUUID();
        const now = new Date().toISOString();
        // One transaction: no account without its key after a crash.
        database.exec("BEGIN IMMEDIATE");
        insertAccount.run(accountId, now);
        insertKey.run(secretId, accountId, sealed, now);
        database.exec("COMMIT");
      }
      return find(secretId)!;
    },
    isEmpty: async () => countAccounts.get()?.count === 0,
    async [Symbol.asyncDispose]() {
      database.close();
    },
  };
}
