import type { DatabaseSync } from "node:sqlite";
import { emptyLog, inTransaction } from "../../base/sqlite-file.ts";
import type { AuditTrail } from "../audit-trail.ts";
import type { AuditConfig } from "../config.ts";
import { createAppend, openTrailFile } from "./trail-file.ts";

const DAY_MS = 86_400_000;
const SWEEP_MS = 3_600_000;
/** Rows that go in one transaction, about 20 ms. */
const SWEEP_ROWS = 5_000;

/** What the trail needs from outside. */
export interface SqliteAuditTrailParts {
  readonly dataDir: string;
  /** Wall clock, Unix milliseconds. */
  readonly nowMs: () => number;
  /** Told of what could not be written or deleted. */
  readonly onError: (error: unknown) => void;
}

/** Opens the embedded trail for a server and deletes what is too old, now and every hour. */
export async function createSqliteAuditTrail(
  { keepDays }: Pick<AuditConfig, "keepDays">,
  parts: SqliteAuditTrailParts,
): Promise<AuditTrail> {
  const database = await openTrailFile(parts.dataDir);
  const append = createAppend(database);
  let dropped = 0;
  const sweep = (): void => {
    try {
      const cutoffMs = parts.nowMs() - keepDays * DAY_MS;
      const isMore = deleteBefore(database, cutoffMs);
      if (!isMore) emptyLog(database);
      timer = setTimeout(sweep, isMore ? 1_000 : SWEEP_MS).unref();
    } catch (error) {
      parts.onError(error);
      timer = setTimeout(sweep, SWEEP_MS).unref();
    }
  };
  let timer = setTimeout(sweep, 0).unref();
  return {
    append(record) {
      try {
        append(record);
      } catch (error) {
        dropped += 1;
        parts.onError(error);
      }
    },
    dropped: () => dropped,
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      database.close();
    },
  };
}

/**
 * Deletes the oldest rows up to the first that is younger than `cutoffMs`, so that the chain has one beginning; tells
 * whether more are left.
 */
function deleteBefore(database: DatabaseSync, cutoffMs: number): boolean {
  return inTransaction(database, () => {
    const { kept, first, last } = database
      .prepare(
        `SELECT (SELECT min(seq) FROM trail WHERE at_ms >= ?) AS kept,
           (SELECT min(seq) FROM trail) AS first, (SELECT max(seq) FROM trail) AS last`,
      )
      .get(cutoffMs)!;
    if (first === null) return false;
    const end = kept === null ? Number(last) : Number(kept) - 1;
    const until = Math.min(end, Number(first) + SWEEP_ROWS - 1);
    if (until < Number(first)) return false;
    database
      .prepare(
        `INSERT INTO trail_start (id, seq, hash) SELECT 1, seq, hash FROM trail WHERE seq = ?
         ON CONFLICT DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
      )
      .run(until);
    database.prepare("DELETE FROM trail WHERE seq <= ?").run(until);
    return until < end;
  });
}
