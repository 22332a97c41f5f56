import { setImmediate } from "node:timers/promises";
import type { DeletionRecord } from "./audit-record.ts";
import type { AuditBook } from "./audit-trail.ts";

/** Rows that are emptied at once, some ten milliseconds: a server may be answering calls meanwhile. */
const PORTION = 2_000;

/**
 * Empties all rows of a request or an account and writes down that it was done; each portion together with its record, so
 * that the trail verifies whatever happens in between. Returns the number of rows.
 */
export async function forgetCalls(
  book: Pick<AuditBook, "empty" | "append">,
  order: Pick<DeletionRecord, "atMs" | "ofRequest" | "ofAccount" | "results">,
): Promise<number> {
  const filter = { requestId: order.ofRequest, account: order.ofAccount };
  for (let total = 0; ; await setImmediate()) {
    const rows = book.empty(filter, PORTION);
    const isFirst = total === 0;
    if (rows > 0 || isFirst) {
      book.append({ kind: "deletion", ...order, rows, results: isFirst ? order.results : 0 });
    }
    total += rows;
    if (rows < PORTION) return total;
  }
}
