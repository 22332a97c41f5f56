import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { openSqliteFile } from "../../base/sqlite-file.ts";
import { loadMasterKey } from "../master-key.ts";
import type { SecretBox } from "../secret-box.ts";
import { createSecretBox } from "../secret-box.ts";
import { ACCOUNT_MIGRATIONS } from "./migrations.ts";

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
  const database = await openSqliteFile(file, ACCOUNT_MIGRATIONS);
  return { database, box };
}
