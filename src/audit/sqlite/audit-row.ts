import type { SQLOutputValue } from "node:sqlite";
import type { AuditRecord } from "../audit-record.ts";
import type { AuditEntry } from "../audit-trail.ts";

/** The columns that {@link entryFrom} reads. */
export const ENTRY_COLUMNS = "seq, content, salt, content_hash, hash";

/** Reads a row of the trail. */
export function entryFrom(row: Readonly<Record<string, SQLOutputValue>>): AuditEntry {
  const { seq, content, salt, content_hash: contentHash, hash } = row;
  return {
    seq: Number(seq),
    record: content === null ? undefined : (JSON.parse(String(content)) as AuditRecord),
    salt: salt === null ? undefined : hex(salt),
    contentHash: hex(contentHash),
    hash: hex(hash),
  };
}

function hex(bytes: unknown): string {
  return Buffer.from(bytes as Uint8Array).toString("hex");
}
