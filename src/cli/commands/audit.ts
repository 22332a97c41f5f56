import type { AuditBook } from "../../audit/audit-trail.ts";
import { createSqliteAuditBook } from "../../audit/sqlite/sqlite-audit-book.ts";
import { loadConfig } from "../../config/config.ts";
import { deleteRecords } from "../audit/delete-records.ts";
import { auditFilterFrom, printEntry } from "../audit/print-entry.ts";
import type { Command } from "../command.ts";
import { type CommandArguments, UsageError } from "../command-arguments.ts";

/** `faceloom audit`: the operator's view of what was called, and deletion on request. */
export const auditCommand: Command = {
  usage: "audit export|show|verify|delete [REQUEST_ID] [OPTIONS]",
  describe:
    "Works on the audit trail in FACELOOM_DATA_DIR; a server may be running on it.\n" +
    "  export   prints rows as JSON lines, oldest first\n" +
    "  show     prints the row of one RequestId\n" +
    "  verify   computes every hash again and prints the last one; ends with 1 when something was changed\n" +
    "  delete   empties the rows of a request or an account and deletes its stored results",
  options: {
    since: { value: "DATE", describe: "export: from this day or time on (ISO, UTC)" },
    until: { value: "DATE", describe: "export: up to this day or time, which is not in it" },
    account: {
      value: "ACCOUNT",
      describe: "export, delete: of this account (name, id or SecretId)",
    },
    request: { value: "ID", describe: "delete: of this RequestId" },
    head: {
      value: "HASH",
      describe: "verify: a last hash that was printed earlier; its row must still be there",
    },
  },
  maxPositionals: 2,
  async run(args) {
    const [name = "", id] = args.positionals;
    const work = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
    if (work === undefined) {
      throw new UsageError(`Give one of ${Object.keys(SUBCOMMANDS).join(", ")}.`);
    }
    if (id !== undefined && name !== "show") throw new UsageError(`Unexpected argument ${id}.`);
    const { dataDir } = loadConfig();
    await using book = await createSqliteAuditBook(dataDir);
    return await work(book, args, dataDir);
  },
};

/** Does one thing, prints, and returns the exit code. */
type Subcommand = (book: AuditBook, args: CommandArguments, dataDir: string) => Promise<number>;

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  async export(book, args, dataDir) {
    for (const entry of book.entries(await auditFilterFrom(args, dataDir))) {
      process.stdout.write(printEntry(entry));
    }
    return 0;
  },
  async show(book, args) {
    const [, requestId] = args.positionals;
    if (requestId === undefined) throw new UsageError("REQUEST_ID is missing.");
    const found = [...book.entries({ requestId })].map(printEntry).join("");
    process.stdout.write(found);
    if (found === "") process.stderr.write("faceloom: There is no row of this request.\n");
    return found === "" ? 1 : 0;
  },
  async verify(book, args) {
    const { rows, emptied, head, faults } = book.verify(args.text("head")?.toLowerCase());
    process.stdout.write(`${rows} rows, ${emptied} of them emptied on request\n`);
    if (head !== undefined) process.stdout.write(`Last hash: ${head}\n`);
    for (const fault of faults) process.stderr.write(`faceloom: ${fault}\n`);
    return faults.length === 0 ? 0 : 1;
  },
  delete: deleteRecords,
};
