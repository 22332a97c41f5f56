import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { inTransaction, openSqliteFile } from "../../base/sqlite-file.ts";
import type { AuditRecord } from "../audit-record.ts";
import { CHAIN_START, createLink } from "../chain.ts";
import { AUDIT_MIGRATIONS } from "./migrations.ts";

/** The row that the next one hangs on. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: Uint8Array;
}

/** Opens `audit.db` below `dataDir`, readable by its owner only, made when missing. */
export async function openTrailFile(dataDir: string): Promise<DatabaseSync> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const database = await openSqliteFile(path.join(dataDir, "audit.db"), AUDIT_MIGRATIONS);
  // Rows may be lost with the machine's power, but not with the process; waiting for the disk would hold up calls.
  database.exec("PRAGMA synchronous = NORMAL");
  return database;
}

/** Returns the work of writing one record; servers and commands on the same file take turns. */
export function createAppend(database: DatabaseSync): (record: AuditRecord) => void {
  const insert = database.prepare(
    `INSERT INTO trail (seq, at_ms, request_id, account, content, salt, content_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const findLast = database.prepare("SELECT seq, hash FROM trail ORDER BY seq DESC LIMIT 1");
  return (record) =>
    inTransaction(database, () => {
      const last = findLast.get();
      const end: ChainEnd =
        last === undefined
          ? startOf(database)
          : { seq: Number(last.seq), hash: last.hash as Uint8Array };
      const seq = end.seq + 1;
      const content = JSON.stringify(record);
      const { salt, contentHash, hash } = createLink(content, seq, end.hash);
      const [request, account] =
        record.kind === "call" ? [record.requestId, record.account] : [null, null];
      const keys = [request, account ?? null] as const;
      insert.run(seq, record.atMs, ...keys, content, salt, contentHash, hash);
    });
}

/** Returns the row before the first that is kept. */
export function startOf(database: DatabaseSync): ChainEnd {
  const row = database.prepare("SELECT seq, hash FROM trail_start").get();
  if (row === undefined) return { seq: 0, hash: CHAIN_START };
  return { seq: Number(row.seq), hash: row.hash as Uint8Array };
}
