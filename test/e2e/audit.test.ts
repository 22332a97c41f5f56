import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import path from "node:path";
import test, { after, before } from "node:test";
import { USUAL_TERMS } from "../../src/accounts/account.ts";
import { createSqliteAccountBook } from "../../src/accounts/sqlite/sqlite-account-book.ts";
import { createSqliteAuditTrail } from "../../src/audit/sqlite/sqlite-audit-trail.ts";
import { STORAGE_SETTINGS } from "../../src/storage/config.ts";
import { createLocalStorage } from "../../src/storage/local/local-storage.ts";
import { defaultsOf } from "../support/default-settings.ts";
import { ROOT } from "../support/source-modules.ts";
import { createTemporaryFolder } from "../support/temporary-folder.ts";

let folder: Awaited<ReturnType<typeof createTemporaryFolder>>;
let shop: string;
/** Links to the results of the requests by their ids. */
const links = new Map<string, string>();
let storage: Awaited<ReturnType<typeof createLocalStorage>>;

before(async () => {
  folder = await createTemporaryFolder();
  await using book = await createSqliteAccountBook(folder.path);
  shop = await book.create("shop", USUAL_TERMS);
  const parts = { dataDir: folder.path, nowMs: Date.now };
  const config = { ...defaultsOf(STORAGE_SETTINGS), minFreeBytes: 0 };
  storage = await createLocalStorage(config, parts);
  await using trail = await createSqliteAuditTrail(
    { keepDays: 190 },
    { ...parts, onError: (error) => assert.fail(String(error)) },
  );
  for (const [number, account] of [shop, "other", shop, "other"].entries()) {
    const requestId = `request-${number}`;
    const result = {
      bytes: Buffer.from("picture"),
      format: "jpeg",
      accountId: account,
      requestId,
    } as const;
    links.set(requestId, (await storage.put(result)).path);
    const sizes = { durationMs: 1, requestBytes: 2, answerBytes: 3 };
    const atMs = Date.parse(`2026-0${number + 1}-15T12:00:00Z`);
    trail.append({ kind: "call", atMs, requestId, account, action: "FuseFaceUltra", ...sizes });
  }
});
after(async () => {
  await storage[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

async function faceloom(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { PATH: process.env.PATH, FACELOOM_DATA_DIR: folder.path };
  const program = path.join(ROOT, "bin/faceloom.js");
  return await new Promise((resolve) => {
    execFile(process.execPath, [program, "audit", ...args], { env }, (error, out, err) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err });
    });
  });
}

const rowsIn = (text: string): Record<string, unknown>[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

async function isServed(requestId: string): Promise<boolean> {
  return (await storage.open(links.get(requestId)!)) !== undefined;
}

test("export prints rows as JSON lines, by time and by account", async () => {
  const all = rowsIn((await faceloom("export")).out);
  assert.deepEqual(
    all.map(({ seq, requestId }) => [seq, requestId]),
    [0, 1, 2, 3].map((number) => [number + 1, `request-${number}`]),
  );
  assert.equal(all[0]!.time, "2026-01-15T12:00:00.000Z");
  const some = await faceloom("export", "--since", "2026-02-01", "--account", "shop");
  assert.deepEqual(
    rowsIn(some.out).map(({ requestId }) => requestId),
    ["request-2"],
  );
  assert.equal((await faceloom("export", "--since", "yesterday")).code, 2);
});

test("an exported line can be checked by itself", async () => {
  const [line] = rowsIn((await faceloom("export")).out);
  const { seq: _seq, time: _time, salt, contentHash, hash: _hash, ...record } = line!;
  const sealed = createHash("sha256")
    .update(Buffer.from(String(salt), "hex"))
    .update(JSON.stringify(record))
    .digest("hex");
  assert.equal(sealed, contentHash);
});

test("show prints one row, or fails", async () => {
  const [row] = rowsIn((await faceloom("show", "request-1")).out);
  assert.equal(row!.account, "other");
  assert.equal((await faceloom("show", "request-9")).code, 1);
  assert.equal((await faceloom("show")).code, 2);
});

let head = "";
test("verify prints the last hash", async () => {
  const { code, out } = await faceloom("verify");
  assert.equal(code, 0);
  assert.match(out, /^4 rows, 0 of them emptied on request\nLast hash: [\da-f]{64}\n$/);
  head = /[\da-f]{64}/.exec(out)![0];
});

test("delete by request takes its result and empties its row; nothing else changes", async () => {
  const { code, out } = await faceloom("delete", "--request", "request-1");
  assert.equal(code, 0);
  assert.equal(out, "1 audit rows emptied, 1 stored results deleted\n");
  assert.deepEqual(await Promise.all([0, 1, 2, 3].map((n) => isServed(`request-${n}`))), [
    true,
    false,
    true,
    true,
  ]);
  assert.equal((await faceloom("show", "request-1")).code, 1);
  assert.equal((await faceloom("delete", "--request", "request-1")).code, 1);
});

test("delete by account takes all of it, and the chain with its noted head still verifies", async () => {
  const { out } = await faceloom("delete", "--account", "shop");
  assert.equal(out, "2 audit rows emptied, 2 stored results deleted\n");
  assert.ok(!(await isServed("request-0")) && (await isServed("request-3")));
  const verified = await faceloom("verify", "--head", head);
  assert.equal(verified.code, 0, verified.err);
  assert.match(verified.out, /^7 rows, 3 of them emptied on request$/m);
  const wrong = await faceloom("verify", "--head", "1".repeat(64));
  assert.equal(wrong.code, 1);
  const kinds = rowsIn((await faceloom("export")).out).map(({ kind, emptied }) => kind ?? emptied);
  assert.deepEqual(kinds, [true, true, true, "call", "deletion", "deletion", "deletion"]);
});

test("delete wants one of a request and an account", async () => {
  assert.equal((await faceloom("delete")).code, 2);
  assert.equal((await faceloom("delete", "--request", "a", "--account", "b")).code, 2);
});
