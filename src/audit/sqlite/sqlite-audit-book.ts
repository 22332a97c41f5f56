import type { DatabaseSync } from "node:sqlite";
import { emptyLog, inTransaction } from "../../base/sqlite-file.ts";
import type { AuditBook, AuditEntry, AuditFilter } from "../audit-trail.ts";
import { ENTRY_COLUMNS, entryFrom } from "./audit-row.ts";
import { readPage } from "./read-page.ts";
import { createAppend, openTrailFile } from "./trail-file.ts";
import { verifyTrail } from "./verify-trail.ts";

/** Opens the embedded trail for an operator; a server may be running on it. */
export async function createSqliteAuditBook(dataDir: string): Promise<AuditBook> {
  const database = await openTrailFile(dataDir);
  return {
    entries: (filter) => entriesIn(database, filter),
    page: (query) => readPage(database, query),
    empty: (filter, most) => emptyRows(database, filter, most),
    append: createAppend(database),
    verify: (head) => verifyTrail(database, head),
    async [Symbol.asyncDispose]() {
      database.close();
    },
  };
}

/** The conditions of a filter; each is true where nothing is asked for. */
const WHERE = `(?1 IS NULL OR request_id = ?1) AND (?2 IS NULL OR account = ?2)
  AND (?3 IS NULL OR at_ms >= ?3) AND (?4 IS NULL OR at_ms < ?4)`;

function* entriesIn(database: DatabaseSync, filter: AuditFilter): Iterable<AuditEntry> {
  const rows = database
    .prepare(`SELECT ${ENTRY_COLUMNS} FROM trail WHERE ${WHERE} ORDER BY seq`)
    .iterate(...valuesOf(filter));
  for (const row of rows) yield entryFrom(row);
}

function emptyRows(
  database: DatabaseSync,
  filter: AuditFilter,
  most = Number.MAX_SAFE_INTEGER,
): number {
  const emptied = inTransaction(database, () => {
    const { changes } = database
      .prepare(
        `UPDATE trail SET request_id = NULL, account = NULL, content = NULL, salt = NULL
         WHERE seq IN (SELECT seq FROM trail WHERE content IS NOT NULL AND ${WHERE} LIMIT ?5)`,
      )
      .run(...valuesOf(filter), most);
    return Number(changes);
  });
  emptyLog(database);
  return emptied;
}

function valuesOf(filter: AuditFilter): (string | number | null)[] {
  const { requestId, account, sinceMs, untilMs } = filter;
  return [requestId ?? null, account ?? null, sinceMs ?? null, untilMs ?? null];
}
