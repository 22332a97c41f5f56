import type { DatabaseSync } from "node:sqlite";
import type { AuditEntry, AuditPage, AuditQuery } from "../audit-trail.ts";
import { ENTRY_COLUMNS, entryFrom } from "./audit-row.ts";

/** Rows that one page looks at, some twenty milliseconds: more would hold up the calls of the same process. */
const MOST_LOOKED_AT = 5_000;

/**
 * Reads rows backwards. Times rise with the numbers but for steps of the clock, so that the index of times says where to
 * begin; each row's own time decides.
 */
export function readPage(database: DatabaseSync, query: AuditQuery): AuditPage {
  const entries: AuditEntry[] = [];
  let looked = 0;
  for (const row of rowsBefore(database, query)) {
    // There is a row more than fits.
    const last = Number(row.seq) + 1;
    if (entries.length === query.limit || looked === MOST_LOOKED_AT) return { entries, next: last };
    looked += 1;
    const entry = entryFrom(row);
    if (isAskedFor(entry, Number(row.at_ms), query)) entries.push(entry);
  }
  return { entries, next: undefined };
}

function rowsBefore(database: DatabaseSync, query: AuditQuery) {
  const { requestId, account, sinceMs, untilMs, before } = query;
  const first = sinceMs === undefined ? undefined : seqAt(database, ">= ? ORDER BY at_ms", sinceMs);
  const last =
    untilMs === undefined ? undefined : seqAt(database, "< ? ORDER BY at_ms DESC", untilMs);
  const end = Math.min(
    before ?? Number.MAX_SAFE_INTEGER,
    (last ?? Number.MAX_SAFE_INTEGER - 1) + 1,
  );
  const conditions = [
    "seq < ?",
    "seq >= ?",
    ...(requestId === undefined ? [] : ["request_id = ?"]),
    ...(account === undefined ? [] : ["account = ?"]),
  ];
  const values = [requestId, account].filter((value) => value !== undefined);
  return database
    .prepare(
      `SELECT ${ENTRY_COLUMNS}, at_ms FROM trail WHERE ${conditions.join(" AND ")} ORDER BY seq DESC`,
    )
    .iterate(end, first ?? 0, ...values);
}

/** The number of the row next to a time; undefined when there is none on that side. */
function seqAt(database: DatabaseSync, condition: string, atMs: number): number | undefined {
  const row = database.prepare(`SELECT seq FROM trail WHERE at_ms ${condition} LIMIT 1`).get(atMs);
  return row === undefined ? undefined : Number(row.seq);
}

function isAskedFor(
  { record }: AuditEntry,
  atMs: number,
  { sinceMs, untilMs, outcome }: AuditQuery,
): boolean {
  if (atMs < (sinceMs ?? 0) || atMs >= (untilMs ?? Number.POSITIVE_INFINITY)) return false;
  if (outcome === undefined) return true;
  if (record?.kind !== "call") return false;
  if (outcome === "ok") return record.code === undefined;
  return outcome === "failed" ? record.code !== undefined : record.code === outcome;
}
