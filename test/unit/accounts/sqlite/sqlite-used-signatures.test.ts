import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { createSqliteUsedSignatures } from "../../../../src/accounts/sqlite/sqlite-used-signatures.ts";
import { createTemporaryFolder } from "../../../support/temporary-folder.ts";

test("a signature is new once, for all servers of a folder and over restarts", async () => {
  await using folder = await createTemporaryFolder();
  {
    await using one = await createSqliteUsedSignatures(folder.path, () => 0);
    await using other = await createSqliteUsedSignatures(folder.path, () => 0);
    assert.equal(await one.note("a", 1000), true);
    assert.equal(await other.note("a", 1000), false);
    assert.equal(await other.note("b", 1000), true);
    assert.equal(await one.note("b", 1000), false);
  }
  await using later = await createSqliteUsedSignatures(folder.path, () => 999);
  assert.equal(await later.note("a", 1000), false);
});

test("of many uses at the same time exactly one is the first", async () => {
  await using folder = await createTemporaryFolder();
  await using one = await createSqliteUsedSignatures(folder.path, () => 0);
  await using other = await createSqliteUsedSignatures(folder.path, () => 0);
  const uses = Array.from({ length: 50 }, (_, i) => (i % 2 ? one : other).note("a", 1000));
  const firsts = (await Promise.all(uses)).filter((isFirst) => isFirst);
  assert.equal(firsts.length, 1);
});

test("what has ended is forgotten, and the file is its owner's alone", async () => {
  await using folder = await createTemporaryFolder();
  let nowMs = 0;
  await using used = await createSqliteUsedSignatures(folder.path, () => nowMs);
  await used.note("a", 1000);
  await used.note("b", 20_000);
  nowMs = 15_000;
  assert.equal(await used.note("a", 16_000), true);
  assert.equal(await used.note("b", 20_000), false);
  const { mode } = await stat(path.join(folder.path, "signatures.db"));
  assert.equal(mode & 0o777, 0o600);
});
