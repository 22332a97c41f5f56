import type { DatabaseSync } from "node:sqlite";
import { emptyLog, inTransaction, isBusy, waitBriefly, whenFree } from "../../base/sqlite-file.ts";
import type { AuditRecord } from "../audit-record.ts";
import type { AuditTrail } from "../audit-trail.ts";
import type { AuditConfig } from "../config.ts";
import { createAppend, openTrailFile } from "./trail-file.ts";

const DAY_MS = 86_400_000;
const SWEEP_MS = 3_600_000;
/** Rows that go in one transaction, about 20 ms. */
const SWEEP_ROWS = 5_000;

/** Records that wait while another process writes. */
const MAX_WAITING = 10_000;
const RETRY_MS = 100;

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
  const writer = createWriter(database, parts.onError);
  const sweep = (): void => {
    try {
      const cutoffMs = parts.nowMs() - keepDays * DAY_MS;
      const isMore = deleteBefore(database, cutoffMs);
      if (!isMore) emptyLog(database);
      timer = setTimeout(sweep, isMore ? 1_000 : SWEEP_MS).unref();
    } catch (error) {
      const isLater = isBusy(error);
      if (!isLater) parts.onError(error);
      timer = setTimeout(sweep, isLater ? 1_000 : SWEEP_MS).unref();
    }
  };
  let timer = setTimeout(sweep, 0).unref();
  return {
    append: writer.append,
    dropped: writer.dropped,
    async [Symbol.asyncDispose]() {
      clearTimeout(timer);
      await writer.finish();
      database.close();
    },
  };
}

/** Writes records in their order, as soon as nobody else writes. */
interface Writer {
  append(record: AuditRecord): void;
  dropped(): number;
  /** Writes what waits; gives up after some seconds. */
  finish(): Promise<void>;
}

function createWriter(database: DatabaseSync, onError: (error: unknown) => void): Writer {
  waitBriefly(database);
  const write = createAppend(database);
  const waiting: AuditRecord[] = [];
  let dropped = 0;
  let timer: NodeJS.Timeout | undefined;
  const drop = (records: number, error: unknown): void => {
    dropped += records;
    onError(error);
  };
  const writeAll = (): void => {
    while (waiting.length > 0) {
      try {
        write(waiting[0]!);
      } catch (error) {
        if (isBusy(error)) throw error;
        drop(1, error);
      }
      waiting.shift();
    }
  };
  const writeNow = (): void => {
    timer = undefined;
    try {
      writeAll();
    } catch (error) {
      if (waiting.length > MAX_WAITING) drop(waiting.splice(MAX_WAITING).length, error);
      timer = setTimeout(writeNow, RETRY_MS).unref();
    }
  };
  return {
    append(record) {
      waiting.push(record);
      // While it waits for others to finish, one try after another would hold up the calls.
      if (timer === undefined) writeNow();
    },
    dropped: () => dropped,
    async finish() {
      clearTimeout(timer);
      await whenFree(writeAll).catch((error) => drop(waiting.length, error));
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
