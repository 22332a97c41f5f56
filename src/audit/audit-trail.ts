import type { AuditRecord, DeletionRecord } from "./audit-record.ts";

/** The server's side of the trail. */
export interface AuditTrail extends AsyncDisposable {
  /**
   * Writes a record down before it returns; while another process writes to the trail, records wait in memory for their
   * turn, and no caller does. One that cannot be written is counted and told to the log, never thrown.
   */
  append(record: AuditRecord): void;
  /** Records that could not be written since the process started. */
  dropped(): number;
}

/** A row of the trail; without a record when it was emptied on request. */
export interface AuditEntry {
  /** From 1 without a gap. */
  readonly seq: number;
  readonly record: AuditRecord | undefined;
  /** Hex: random bytes that go into {@link contentHash}, so that an emptied row cannot be guessed back. */
  readonly salt: string | undefined;
  /** Hex SHA-256 of the salt and the record's JSON. */
  readonly contentHash: string;
  /** Hex SHA-256 of the hash of the row before, the number and the content's hash. */
  readonly hash: string;
}

/** Which rows are meant; an empty filter means all. */
export interface AuditFilter {
  readonly requestId?: string | undefined;
  readonly account?: string | undefined;
  /** Unix ms, first and past the last. */
  readonly sinceMs?: number | undefined;
  readonly untilMs?: number | undefined;
}

/** Which rows a page of the trail is to show. */
export interface AuditQuery extends AuditFilter {
  /** Only calls that succeeded, that failed, or that ended with this code of the wire. */
  readonly outcome?: string | undefined;
  /** Only rows with a lower number; from the newest on without it. */
  readonly before?: number | undefined;
  readonly limit: number;
}

/** Rows, the newest first. */
export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  /** For {@link AuditQuery.before}, when older rows have not been looked at; a page may have fewer rows than asked for. */
  readonly next: number | undefined;
}

/** What a check of the whole trail found. */
export interface AuditVerification {
  readonly rows: number;
  /** Emptied rows. */
  readonly emptied: number;
  /** Hash of the last row; undefined in an empty trail. Kept elsewhere, it proves later that nothing before was changed. */
  readonly head: string | undefined;
  /** What does not fit, in words; none when the trail is whole. */
  readonly faults: readonly string[];
}

/** The operator's side of the trail; a server may be writing to it. */
export interface AuditBook extends AsyncDisposable {
  entries(filter: AuditFilter): Iterable<AuditEntry>;
  /** Looks at so many rows at most that a server can answer calls beside it. */
  page(query: AuditQuery): AuditPage;
  /**
   * Empties the rows of a request or an account, `most` at once, and returns how many there were; the chain stays whole.
   */
  empty(filter: Pick<AuditFilter, "requestId" | "account">, most?: number): number;
  /** Writes down that something was deleted. */
  append(record: DeletionRecord): void;
  /** Computes every hash again. With `head`, a hash that was noted earlier, its row must still be there. */
  verify(head?: string): AuditVerification;
}
