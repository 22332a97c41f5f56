import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import test from "node:test";
import { USUAL_TERMS } from "../../../../src/accounts/account.ts";
import { generateKeyPair, generateTemporaryKey } from "../../../../src/accounts/key-pair.ts";
import { loadMasterKey } from "../../../../src/accounts/master-key.ts";
import { createSecretBox } from "../../../../src/accounts/secret-box.ts";
import { createSqliteAccountBook } from "../../../../src/accounts/sqlite/sqlite-account-book.ts";
import { createSqliteAccounts } from "../../../../src/accounts/sqlite/sqlite-accounts.ts";
import { isAppError } from "../../../../src/base/app-error.ts";
import { createTemporaryFolder } from "../../../support/temporary-folder.ts";

/** The operator's book and a server's view of one store, side by side as in production. */
async function openBoth() {
  await using stack = new AsyncDisposableStack();
  const folder = stack.use(await createTemporaryFolder());
  const book = stack.use(await createSqliteAccountBook(folder.path));
  const accounts = stack.use(await createSqliteAccounts(folder.path));
  const opened = stack.move();
  return { folder, book, accounts, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

const MAY = Date.UTC(2026, 4, 31, 23, 59);
const JUNE = Date.UTC(2026, 5, 1);

test("a new account has the original's rate and is found by id, name and SecretId", async () => {
  await using both = await openBoth();
  const id = await both.book.create("shop", USUAL_TERMS);
  const pair = generateKeyPair();
  await both.book.addPair(id, pair);
  for (const text of [id, "shop", pair.secretId]) {
    assert.equal((await both.book.find(text)).id, id);
  }
  const credential = await both.accounts.findCredential(pair.secretId);
  assert.deepEqual(credential, { account: { id, name: "shop", ...USUAL_TERMS }, ...pair });
  assert.deepEqual(credential?.account.rates, { FuseFaceUltra: 2, DescribeMaterialList: 1 });
});

test("a running server sees each change with its next lookup", async () => {
  await using both = await openBoth();
  const id = await both.book.create("shop", USUAL_TERMS);
  const pair = generateKeyPair();
  await both.book.addPair(id, pair);
  const terms = {
    state: "frozen",
    allowedActions: ["FuseFace"],
    rates: { "*": 7 },
    monthlyQuota: 3,
    balance: 4,
    consent: { kind: "per-call" },
  } as const;
  await both.book.change(id, terms);
  const account = async () => (await both.accounts.findCredential(pair.secretId))?.account;
  assert.deepEqual(await account(), { id, name: "shop", ...terms });
  await both.book.change(id, { allowedActions: undefined, balance: undefined });
  assert.deepEqual(await account(), {
    ...{ id, name: "shop", ...terms },
    ...{ allowedActions: undefined, balance: undefined },
  });
  await both.book.removeKey(id, pair.secretId);
  assert.equal(await both.accounts.findCredential(pair.secretId), undefined);
});

test("an account has two pairs at most, and a new one may take the place of either", async () => {
  await using both = await openBoth();
  const id = await both.book.create("shop", USUAL_TERMS);
  const [first, second, third] = [generateKeyPair(), generateKeyPair(), generateKeyPair()];
  await both.book.addPair(id, first);
  await both.book.addPair(id, second);
  await assert.rejects(both.book.addPair(id, third), /2 pairs already/);
  // A retirement that fails ends nothing.
  await assert.rejects(both.book.addPair(id, third, "AKIDunknown"), /no key AKIDunknown/);
  await both.book.addPair(id, third, first.secretId);
  const left = (await both.book.find(id)).keys.map(({ secretId }) => secretId);
  assert.deepEqual(left.toSorted(), [second.secretId, third.secretId].toSorted());
});

test("temporary keys do not count as pairs, carry their token and are forgotten after their end", async () => {
  await using both = await openBoth();
  const id = await both.book.create("shop", USUAL_TERMS);
  const ended = generateTemporaryKey(Date.now() - 1);
  const lasting = generateTemporaryKey(Date.now() + 60_000);
  for (const pair of [generateKeyPair(), generateKeyPair()]) await both.book.addPair(id, pair);
  await both.book.addTemporaryKey(id, ended);
  await both.book.addTemporaryKey(id, lasting);
  assert.equal(await both.accounts.findCredential(ended.secretId), undefined);
  const { account: _, ...key } = (await both.accounts.findCredential(lasting.secretId))!;
  assert.deepEqual(key, lasting);
});

test("names are used once, and what is not there is told", async () => {
  await using both = await openBoth();
  await both.book.create("shop", USUAL_TERMS);
  for (const work of [
    both.book.create("shop", USUAL_TERMS),
    both.book.find("nobody"),
    both.book.find(""),
    both.book.change("nobody", {}),
  ]) {
    await assert.rejects(
      work,
      (error) => isAppError(error) && error.reason === "configuration-invalid",
    );
  }
});

test("calls are counted by month and action, and a failed call is not", async () => {
  await using both = await openBoth();
  const id = await both.book.create("shop", USUAL_TERMS);
  const call = { accountId: id, action: "FuseFaceUltra", atMs: MAY };
  await both.accounts.charge(call);
  await both.accounts.charge(call);
  await both.accounts.charge({ ...call, atMs: JUNE });
  await both.accounts.charge({ ...call, atMs: JUNE, action: "FuseFace" });
  await both.accounts.refund({ ...call, atMs: JUNE, action: "FuseFace" });
  await both.accounts.refund(call);
  assert.deepEqual(await both.book.usage(id), [
    { month: "2026-06", action: "FuseFaceUltra", calls: 1 },
    { month: "2026-05", action: "FuseFaceUltra", calls: 1 },
  ]);
});

test("a quota holds for all actions of a month and begins anew with the next", async () => {
  await using both = await openBoth();
  const id = await both.book.create("shop", { ...USUAL_TERMS, monthlyQuota: 2 });
  const call = { accountId: id, action: "FuseFaceUltra", atMs: MAY };
  await both.accounts.charge(call);
  await both.accounts.charge({ ...call, action: "FuseFace" });
  await assert.rejects(
    both.accounts.charge(call),
    (error) => isAppError(error) && error.reason === "quota-exhausted",
  );
  await both.accounts.charge({ ...call, atMs: JUNE });
  await both.accounts.refund(call);
  await both.accounts.charge(call);
});

test("a call that cannot be counted is not served", async () => {
  await using both = await openBoth();
  const accountId = await both.book.create("shop", USUAL_TERMS);
  const file = new DatabaseSync(path.join(both.folder.path, "accounts.db"));
  file.exec("CREATE TRIGGER full BEFORE INSERT ON usage BEGIN SELECT raise(ABORT, 'full'); END;");
  file.close();
  await assert.rejects(
    both.accounts.charge({ accountId, action: "FuseFaceUltra", atMs: MAY }),
    (error) => isAppError(error) && error.reason === "resources-exhausted",
  );
});

test("a balance is used up exactly, gets failed calls back, and no bound is no balance", async () => {
  await using both = await openBoth();
  const id = await both.book.create("shop", { ...USUAL_TERMS, balance: 1 });
  const call = { accountId: id, action: "FuseFaceUltra", atMs: MAY };
  const balance = async () => (await both.book.find(id)).balance;
  await both.accounts.charge(call);
  assert.equal(await balance(), 0);
  await assert.rejects(
    both.accounts.charge(call),
    (error) => isAppError(error) && error.reason === "balance-insufficient",
  );
  await both.accounts.refund(call);
  assert.equal(await balance(), 1);
  await both.book.change(id, { balance: undefined });
  await both.accounts.charge(call);
  assert.equal(await balance(), undefined);
});

test("a file of the first version opens with its accounts, unbounded, and its keys", async () => {
  await using folder = await createTemporaryFolder();
  const box = createSecretBox(await loadMasterKey(path.join(folder.path, "master.key")));
  const old = new DatabaseSync(path.join(folder.path, "accounts.db"));
  old.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE accounts (id TEXT PRIMARY KEY, created_at TEXT NOT NULL) STRICT;
    CREATE TABLE keys (
      secret_id TEXT PRIMARY KEY,
      account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
      secret_key BLOB NOT NULL,
      created_at TEXT NOT NULL
    ) STRICT;
    CREATE INDEX keys_by_account ON keys (account_id);
    PRAGMA user_version = 1;
    INSERT INTO accounts VALUES ('a-1', '2026-01-01T00:00:00.000Z');`);
  old
    .prepare("INSERT INTO keys VALUES (?, ?, ?, ?)")
    .run("AKIDold", "a-1", box.seal("old-key", "AKIDold"), "2026-01-01T00:00:00.000Z");
  old.close();
  await using accounts = await createSqliteAccounts(folder.path);
  assert.deepEqual(await accounts.findCredential("AKIDold"), {
    account: { id: "a-1", name: "", ...USUAL_TERMS, rates: {} },
    secretId: "AKIDold",
    secretKey: "old-key",
  });
  await using book = await createSqliteAccountBook(folder.path);
  assert.equal((await book.list()).length, 1);
});

test("no file holds a token or a SecretKey in the clear", async () => {
  await using both = await openBoth();
  const id = await both.book.create("shop", USUAL_TERMS);
  const key = generateTemporaryKey(Date.now() + 60_000);
  await both.book.addTemporaryKey(id, key);
  for (const name of await readdir(both.folder.path)) {
    const bytes = await readFile(path.join(both.folder.path, name));
    assert.equal(bytes.includes(key.token) || bytes.includes(key.secretKey), false, name);
  }
});
