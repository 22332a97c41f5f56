import type { AuditBook } from "../../audit/audit-trail.ts";
import { forgetCalls } from "../../audit/forget-calls.ts";
import { removeStoredResults } from "../../storage/local/remove-stored-results.ts";
import { type CommandArguments, UsageError } from "../command-arguments.ts";
import { accountIdFrom } from "./print-entry.ts";

/**
 * Deletes what is kept of a request or an account: its results on the disk and the content of its audit rows, which stay
 * as empty links of the chain. That it was done is written down.
 */
export async function deleteRecords(
  book: AuditBook,
  args: CommandArguments,
  dataDir: string,
): Promise<number> {
  const owner = await ownerFrom(args, dataDir);
  const results = await removeStoredResults(dataDir, owner);
  const { requestId, accountId } = owner;
  const order = { atMs: Date.now(), ofRequest: requestId, ofAccount: accountId, results };
  const rows = await forgetCalls(book, order);
  process.stdout.write(`${rows} audit rows emptied, ${results} stored results deleted\n`);
  return rows + results === 0 ? 1 : 0;
}

async function ownerFrom(
  args: CommandArguments,
  dataDir: string,
): Promise<{ readonly requestId?: string; readonly accountId?: string }> {
  const [requestId, account] = [args.text("request"), args.text("account")];
  if (requestId !== undefined && account === undefined) return { requestId };
  if (account !== undefined && requestId === undefined) {
    return { accountId: await accountIdFrom(account, dataDir) };
  }
  throw new UsageError("Give either --request or --account.");
}
