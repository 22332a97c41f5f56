import { chmod, mkdir } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { loadMasterKey } from "../master-key.ts";
import type { SecretBox } from "../secret-box.ts";
import { createSecretBox } from "../secret-box.ts";
import { migrate } from "./migrations.ts";

/** The store's file and the box that its secrets are sealed in. */
export interface OpenDatabase {
  readonly database: DatabaseSync;
  readonly box: SecretBox;
}

/** Opens `accounts.db` and `master.key` below `dataDir`, both readable by their owner only, made when missing. */
export async function openDatabase(dataDir: string): Promise<OpenDatabase> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const box = createSecretBox(await loadMasterKey(path.join(dataDir, "master.key")));
  const file = path.join(dataDir, "accounts.db");
  const database = new DatabaseSync(file, { timeout: 5_000 });
  await chmod(file, 0o600);
  migrate(database);
  return { database, box };
}

/** Runs work as one transaction: all of it is kept or, when it throws, none. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    database.exec("ROLLBACK");
    throw error;
  }
}
