import assert from "node:assert/strict";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { ensureFirstAccount } from "../../../../src/accounts/first-account.ts";
import { createSqliteAccounts } from "../../../../src/accounts/sqlite/sqlite-accounts.ts";
import { isAppError } from "../../../../src/base/app-error.ts";
import { createTemporaryFolder } from "../../../support/temporary-folder.ts";

const NONE = { bootstrapSecretId: undefined, bootstrapSecretKey: undefined };
const GIVEN = { bootstrapSecretId: "AKIDgiven", bootstrapSecretKey: "a-key-of-the-operator" };

test("the first start makes one pair, later starts keep it", async () => {
  await using folder = await createTemporaryFolder();
  const first = await (async () => {
    await using accounts = await createSqliteAccounts(folder.path);
    return await ensureFirstAccount(accounts, NONE);
  })();
  assert.ok(first);
  await using accounts = await createSqliteAccounts(folder.path);
  assert.equal(await ensureFirstAccount(accounts, NONE), undefined);
  assert.deepEqual(await accounts.findCredential(first.secretId), first);
});

test("a configured pair is not shown and its key can be changed", async () => {
  await using folder = await createTemporaryFolder();
  await using accounts = await createSqliteAccounts(folder.path);
  assert.equal(await ensureFirstAccount(accounts, GIVEN), undefined);
  const before = await accounts.findCredential("AKIDgiven");
  assert.equal(before?.secretKey, "a-key-of-the-operator");
  await ensureFirstAccount(accounts, { ...GIVEN, bootstrapSecretKey: "another-key" });
  const after = await accounts.findCredential("AKIDgiven");
  assert.deepEqual(after, { ...before, secretKey: "another-key" });
});

test("an unknown SecretId has no credential", async () => {
  await using folder = await createTemporaryFolder();
  await using accounts = await createSqliteAccounts(folder.path);
  for (const id of ["", "AKIDx", "__proto__", "' OR 1=1 --", "\0", "😀"]) {
    assert.equal(await accounts.findCredential(id), undefined, id);
  }
});

test("no file has the SecretKey in it, and only the owner reads them", async () => {
  await using folder = await createTemporaryFolder();
  await using accounts = await createSqliteAccounts(folder.path);
  await ensureFirstAccount(accounts, GIVEN);
  for (const name of await readdir(folder.path)) {
    const file = path.join(folder.path, name);
    const bytes = await readFile(file);
    assert.equal(bytes.includes(GIVEN.bootstrapSecretKey), false, name);
    assert.equal((await stat(file)).mode & 0o077, 0, name);
  }
});

test("a store under another master key is refused with a reason", async () => {
  await using folder = await createTemporaryFolder();
  await (async () => {
    await using accounts = await createSqliteAccounts(folder.path);
    await ensureFirstAccount(accounts, GIVEN);
  })();
  await writeFile(path.join(folder.path, "master.key"), Buffer.alloc(32));
  await using accounts = await createSqliteAccounts(folder.path);
  await assert.rejects(
    accounts.findCredential("AKIDgiven"),
    (error) => isAppError(error) && error.reason === "configuration-invalid",
  );
});

test("a master key of another length is refused", async () => {
  await using folder = await createTemporaryFolder();
  await writeFile(path.join(folder.path, "master.key"), "short");
  await assert.rejects(createSqliteAccounts(folder.path), /master key of 32 bytes/);
});
