import type { DatabaseSync } from "node:sqlite";
import type { AuditRecord } from "../audit-record.ts";
import type { AuditVerification } from "../audit-trail.ts";
import { chainHashOf, contentHashOf } from "../chain.ts";
import { type ChainEnd, startOf } from "./trail-file.ts";

interface TrailRow {
  readonly seq: number;
  readonly content: string | null;
  readonly salt: Uint8Array | null;
  readonly content_hash: Uint8Array;
  readonly hash: Uint8Array;
}

/** A list of faults is for a person; where the chain breaks at every row the first say enough. */
const MAX_FAULTS = 20;

/**
 * Computes every hash of the trail again and counts emptied rows against the deletions that were written down. It looks at
 * one state of the file, whatever a server does to it meanwhile.
 */
export function verifyTrail(database: DatabaseSync, head: string | undefined): AuditVerification {
  database.exec("BEGIN");
  try {
    return verifyRows(database, head);
  } finally {
    database.exec("COMMIT");
  }
}

function verifyRows(database: DatabaseSync, head: string | undefined): AuditVerification {
  const rows = database
    .prepare("SELECT seq, content, salt, content_hash, hash FROM trail ORDER BY seq")
    .iterate() as unknown as Iterable<TrailRow>;
  const start = startOf(database);
  const faults: string[] = [];
  const count = { rows: 0, emptied: 0, deletions: 0 };
  let end: ChainEnd = start;
  let isHeadFound = head === undefined || head === hexOf(start.hash);
  for (const row of rows) {
    faults.push(...faultsOf(row, end));
    count.rows += 1;
    if (row.content === null) count.emptied += 1;
    else count.deletions += emptiedBy(row);
    end = { seq: Number(row.seq), hash: row.hash };
    isHeadFound ||= head === hexOf(row.hash);
  }
  // What was emptied before the first kept row is not known any more: then there may be fewer, never more.
  const isExplained = count.emptied <= count.deletions;
  if (!isExplained) faults.push(`${count.emptied} rows are empty, ${count.deletions} were deleted`);
  if (!isHeadFound) faults.push("no row has the given hash");
  return {
    rows: count.rows,
    emptied: count.emptied,
    head: count.rows === 0 ? undefined : hexOf(end.hash),
    faults: faults.slice(0, MAX_FAULTS),
  };
}

function isContentRight({ content, salt, content_hash: hash }: TrailRow): boolean {
  return content === null || contentHashOf(salt ?? new Uint8Array(0), content).equals(hash);
}

function faultsOf(row: TrailRow, before: ChainEnd): string[] {
  const seq = Number(row.seq);
  const faults: string[] = [];
  if (seq !== before.seq + 1) faults.push(`row ${before.seq + 1} is missing`);
  if (!isContentRight(row)) faults.push(`row ${seq} was changed`);
  const hash = chainHashOf(before.hash, seq, row.content_hash);
  if (!hash.equals(row.hash)) faults.push(`row ${seq} does not hang on the one before`);
  return faults;
}

function emptiedBy(row: TrailRow): number {
  if (row.content === null || !isContentRight(row)) return 0;
  const record = JSON.parse(row.content) as AuditRecord;
  return record.kind === "deletion" ? record.rows : 0;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
