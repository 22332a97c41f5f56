import { chmod } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "./app-error.ts";

/** How long a statement waits for another process's write. */
const BUSY_MS = 5_000;
/** The same for a server, whose event loop stands still meanwhile. */
const SERVER_BUSY_MS = 20;
const RETRY_MS = 25;

/**
 * Opens a database file, made when missing and readable by its owner only, and brings it to the newest schema. Throws
 * `configuration-invalid` for a damaged one, which stays as it is.
 * `migrations` is the schema's history: entry n takes a file from version n to n + 1; entries are only ever added.
 */
export async function openSqliteFile(
  file: string,
  migrations: readonly string[],
): Promise<DatabaseSync> {
  const database = new DatabaseSync(file, { timeout: BUSY_MS });
  try {
    await chmod(file, 0o600);
    database.exec("PRAGMA journal_mode = WAL; PRAGMA foreign_keys = ON;");
    // What is deleted is overwritten: SQLite by itself leaves it in the file's free space.
    database.exec("PRAGMA secure_delete = ON");
    migrate(database, migrations);
    return database;
  } catch (error) {
    database.close();
    throw isDamage(error) ? damagedFile(file, error) : error;
  }
}

function migrate(database: DatabaseSync, migrations: readonly string[]): void {
  inTransaction(database, () => {
    const version = Number(database.prepare("PRAGMA user_version").get()?.user_version);
    for (const step of migrations.slice(version)) database.exec(step);
    // A newer release's file keeps its number: its columns are only ever added.
    if (version < migrations.length) database.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

/** SQLITE_BUSY of sqlite3.h. */
const BUSY = 5;
/** SQLITE_CORRUPT and SQLITE_NOTADB of sqlite3.h. */
const DAMAGE = [11, 26];

function isDamage(error: unknown): boolean {
  const { errcode } = error as { readonly errcode?: number };
  // The low byte is the kind; what is above says more about it.
  return errcode !== undefined && DAMAGE.includes(errcode & 0xff);
}

/**
 * Brings what was written into the file itself and empties the log beside it, in which deleted content would stand until
 * newer writes take its place. Returns false when a reader of another process is in the way: then it stands that long.
 */
export function emptyLog(database: DatabaseSync): boolean {
  // Waiting would hold up everything else in the process.
  const before = Number(database.prepare("PRAGMA busy_timeout").get()?.timeout);
  database.exec("PRAGMA busy_timeout = 0");
  try {
    return database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()?.busy === 0;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${before}`);
  }
}

/** It is never overwritten: most of it may still be saved. */
function damagedFile(file: string, cause: unknown): AppError {
  return new AppError(
    "configuration-invalid",
    `${file} is damaged or no database. Restore it from a backup, or move it away to start without it.`,
    { cause, report: true },
  );
}

/** Makes statements give up at once where another process writes: a server has other calls to see to. */
export function waitBriefly(database: DatabaseSync): void {
  database.exec(`PRAGMA busy_timeout = ${SERVER_BUSY_MS}`);
}

/** Tells whether a statement failed because another process was writing (SQLITE_BUSY). */
export function isBusy(error: unknown): boolean {
  return (((error as { readonly errcode?: number }).errcode ?? 0) & 0xff) === BUSY;
}

/** Does work on a database again and again while another process writes to it, for as long as others wait at once. */
export async function whenFree<T>(work: () => T): Promise<T> {
  const startedMs = performance.now();
  for (;;) {
    try {
      return work();
    } catch (error) {
      if (!isBusy(error) || performance.now() - startedMs > BUSY_MS) throw error;
    }
    await sleep(RETRY_MS);
  }
}

/** Runs work as one transaction: all of it is kept or, when it throws, none. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = work();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    // SQLite has rolled back by itself after some faults, a full disk among them.
    if (database.isTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
