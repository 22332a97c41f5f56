import { USUAL_TERMS } from "../../accounts/account.ts";
import type { AccountBook } from "../../accounts/account-book.ts";
import { generateKeyPair, generateTemporaryKey } from "../../accounts/key-pair.ts";
import { createSqliteAccountBook } from "../../accounts/sqlite/sqlite-account-book.ts";
import { loadConfig } from "../../config/config.ts";
import { termsFrom } from "../accounts/account-terms.ts";
import { describeAccount, describeNewKey, listAccounts } from "../accounts/print-account.ts";
import type { Command } from "../command.ts";
import { type CommandArguments, UsageError } from "../command-arguments.ts";

/** `faceloom accounts`: the operator's hand on who may call. Running servers follow with their next call. */
export const accountsCommand: Command = {
  usage: "accounts create|list|show|set|rotate-key|temporary-key|usage [ACCOUNT] [OPTIONS]",
  describe:
    "Works on the accounts in FACELOOM_DATA_DIR; running servers follow with their next call. ACCOUNT is a name for create,\n" +
    "else a name, an id or a SecretId. Secrets are printed once, when they are made.\n" +
    "  create         makes an account with a key and the original's rates: 2 FuseFaceUltra, 1 DescribeMaterialList a second\n" +
    "  list, show     tell what there is\n" +
    "  set            changes state, actions, rates, quota and balance; --remove-key ends a key\n" +
    "  rotate-key     adds a second key, or puts a new one in the place of the one named by --retire\n" +
    "  temporary-key  makes a key with a token that ends by itself\n" +
    "  usage          prints the successful calls of each month",
  options: {
    state: {
      value: "STATE",
      describe: "active, opening, arrears, frozen, stopped, recovered or not-activated",
    },
    actions: { value: "LIST", describe: "Actions it may call, with commas between; all" },
    rate: {
      value: "[ACTION=]N",
      describe: "Calls a second, of all actions or of one; 0 unlimited, server as the server's",
      isRepeatable: true,
    },
    quota: { value: "N", describe: "Successful calls in a month (UTC), or none" },
    balance: { value: "N", describe: "Prepaid calls that are left, or none" },
    consent: {
      value: "RULE",
      describe:
        "Attested consent of persons shown: none, per-call (header X-Faceloom-Consent), or standing=REFERENCE",
    },
    "remove-key": { value: "ID", describe: "set: end this key" },
    retire: { value: "ID", describe: "rotate-key: end this key as the new one begins" },
    seconds: { value: "N", describe: "temporary-key: how long it lives, 1 to 129600 (7200)" },
  },
  maxPositionals: 2,
  async run(args) {
    const [name = "", account] = args.positionals;
    const work = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
    if (work === undefined) {
      throw new UsageError(`Give one of ${Object.keys(SUBCOMMANDS).join(", ")}.`);
    }
    if (account === undefined && name !== "list") throw new UsageError("ACCOUNT is missing.");
    await using book = await createSqliteAccountBook(loadConfig().dataDir);
    process.stdout.write(await work(book, account ?? "", args));
    return 0;
  },
};

/** Does one thing and returns what to print. */
type Subcommand = (book: AccountBook, account: string, args: CommandArguments) => Promise<string>;

const SUBCOMMANDS: Readonly<Record<string, Subcommand>> = {
  async create(book, name, args) {
    if (!/^[\w.@-]{1,64}$/.test(name)) {
      throw new UsageError("A name has 1 to 64 letters, digits and . _ - @.");
    }
    const terms = { ...USUAL_TERMS, ...termsFrom(args, USUAL_TERMS.rates) };
    const id = await book.create(name, terms);
    const pair = generateKeyPair();
    await book.addPair(id, pair);
    return describeAccount(await book.find(id)) + describeNewKey(pair);
  },
  list: async (book) => listAccounts(await book.list()),
  show: async (book, text) => describeAccount(await book.find(text)),
  async set(book, text, args) {
    const { id, rates } = await book.find(text);
    const removed = args.text("remove-key");
    if (removed !== undefined) await book.removeKey(id, removed);
    await book.change(id, termsFrom(args, rates));
    return describeAccount(await book.find(id));
  },
  async "rotate-key"(book, text, args) {
    const { id } = await book.find(text);
    const pair = generateKeyPair();
    await book.addPair(id, pair, args.text("retire"));
    return describeNewKey(pair);
  },
  async "temporary-key"(book, text, args) {
    const { id } = await book.find(text);
    const seconds = args.number("seconds", { min: 1, max: 129_600, isInteger: true }) ?? 7_200;
    const key = generateTemporaryKey(Date.now() + seconds * 1000);
    await book.addTemporaryKey(id, key);
    return describeNewKey(key);
  },
  async usage(book, text) {
    const { id } = await book.find(text);
    const months = await book.usage(id);
    return months.map(({ month, action, calls }) => `${month}  ${action}  ${calls}\n`).join("");
  },
};
