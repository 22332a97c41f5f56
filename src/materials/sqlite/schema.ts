import type { DatabaseSync } from "node:sqlite";

/** The schema's history: entry n takes a file from version n to n + 1. Entries are only ever added. */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE activities (
     id TEXT PRIMARY KEY,
     account_id TEXT,
     created_at_ms INTEGER NOT NULL
   ) STRICT;
   CREATE TABLE materials (
     number INTEGER PRIMARY KEY,
     id TEXT NOT NULL UNIQUE,
     activity_id TEXT NOT NULL REFERENCES activities (id),
     name TEXT NOT NULL,
     state TEXT NOT NULL,
     audit_result TEXT NOT NULL,
     faces TEXT NOT NULL,
     picture_file TEXT NOT NULL,
     created_at_ms INTEGER NOT NULL,
     updated_at_ms INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX materials_by_activity ON materials (activity_id, number);`,
];

/** Brings a store's file to the newest schema, all steps or none. */
export function openSchema(database: DatabaseSync): void {
  database.exec("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;");
  inTransaction(database, () => {
    const version = Number(database.prepare("PRAGMA user_version").get()?.user_version);
    for (const step of MIGRATIONS.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
  });
}

/** Runs statements whole or not at all; other processes write before or after them. */
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
