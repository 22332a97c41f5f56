import { createSqliteAccountBook } from "../../accounts/sqlite/sqlite-account-book.ts";
import type { AuditEntry, AuditFilter } from "../../audit/audit-trail.ts";
import { type CommandArguments, UsageError } from "../command-arguments.ts";

/**
 * Writes a row as a line of JSON. Without `seq`, `time`, `salt` and the hashes it is the record as it was sealed, byte for
 * byte, so that whoever has the line can check it. An emptied row has its hashes only.
 */
export function printEntry({ seq, record, salt, contentHash, hash }: AuditEntry): string {
  const time = record && new Date(record.atMs).toISOString();
  const sealed = { contentHash, hash, ...(salt !== undefined && { salt }) };
  return `${JSON.stringify({ seq, time, emptied: record === undefined || undefined, ...record, ...sealed })}\n`;
}

/** Reads `--since`, `--until` and `--account`. Throws a UsageError for what is no time. */
export async function auditFilterFrom(
  args: CommandArguments,
  dataDir: string,
): Promise<AuditFilter> {
  const account = args.text("account");
  return {
    sinceMs: timeFrom(args, "since"),
    untilMs: timeFrom(args, "until"),
    account: account === undefined ? undefined : await accountIdFrom(account, dataDir),
  };
}

/** Finds an account by name, id or SecretId; one that is gone from the book can still be named by its id. */
export async function accountIdFrom(text: string, dataDir: string): Promise<string> {
  await using book = await createSqliteAccountBook(dataDir);
  return await book.find(text).then(
    ({ id }) => id,
    () => text,
  );
}

function timeFrom(args: CommandArguments, name: "since" | "until"): number | undefined {
  const text = args.text(name);
  if (text === undefined) return undefined;
  const ms = /^\d{4}-\d\d-\d\d(T[\d:.]+Z?)?$/.test(text)
    ? Date.parse(text.includes("T") && !text.endsWith("Z") ? `${text}Z` : text)
    : Number.NaN;
  if (Number.isNaN(ms)) throw new UsageError(`--${name} is a day or time such as 2026-01-31.`);
  return ms;
}
