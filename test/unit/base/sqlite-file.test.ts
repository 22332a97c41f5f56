import assert from "node:assert/strict";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { isAppError } from "../../../src/base/app-error.ts";
import {
  emptyLog,
  inTransaction,
  openSqliteFile,
  waitBriefly,
  whenFree,
} from "../../../src/base/sqlite-file.ts";
import { createTemporaryFolder } from "../../support/temporary-folder.ts";

const FIRST = "CREATE TABLE pets (name TEXT NOT NULL) STRICT;";
const SECOND = "ALTER TABLE pets ADD COLUMN legs INTEGER NOT NULL DEFAULT 4;";

test("an older file gets the steps it lacks and keeps its rows", async () => {
  await using folder = await createTemporaryFolder();
  const file = join(folder.path, "pets.db");
  const old = await openSqliteFile(file, [FIRST]);
  old.exec("INSERT INTO pets VALUES ('cat')");
  old.close();
  for (let start = 0; start < 2; start++) {
    const database = await openSqliteFile(file, [FIRST, SECOND]);
    assert.deepEqual({ ...database.prepare("SELECT * FROM pets").get() }, { name: "cat", legs: 4 });
    database.close();
  }
  assert.equal((await stat(file)).mode & 0o777, 0o600);
});

test("a file of a newer release is opened and keeps its number", async () => {
  await using folder = await createTemporaryFolder();
  const file = join(folder.path, "pets.db");
  (await openSqliteFile(file, [FIRST, SECOND])).close();
  (await openSqliteFile(file, [FIRST])).close();
  const database = await openSqliteFile(file, [FIRST, SECOND]);
  assert.equal(database.prepare("PRAGMA user_version").get()?.user_version, 2);
  database.close();
});

test("a step that fails leaves the file as it was", async () => {
  await using folder = await createTemporaryFolder();
  const file = join(folder.path, "pets.db");
  await assert.rejects(openSqliteFile(file, [FIRST, "CREATE NONSENSE"]), /syntax error/);
  const database = await openSqliteFile(file, [FIRST]);
  assert.equal(database.prepare("SELECT count(*) AS count FROM pets").get()?.count, 0);
  database.close();
});

test("a transaction is kept whole or not at all", async () => {
  await using folder = await createTemporaryFolder();
  const database = await openSqliteFile(join(folder.path, "pets.db"), [FIRST]);
  const count = () => database.prepare("SELECT count(*) AS count FROM pets").get()?.count;
  const add = (name: string) => database.prepare("INSERT INTO pets VALUES (?)").run(name);
  assert.equal(
    inTransaction(database, () => add("cat").changes),
    1,
  );
  assert.throws(
    () =>
      inTransaction(database, () => {
        add("dog");
        throw new Error("no dogs");
      }),
    /no dogs/,
  );
  assert.equal(count(), 1);
  database.close();
});

for (const [what, content] of [
  ["nonsense", "nonsense ".repeat(1000)],
  ["a database cut short", "SQLite format 3\0\x10\x00"],
] as const) {
  test(`${what} is refused by name and stays as it is`, async () => {
    await using folder = await createTemporaryFolder();
    const file = join(folder.path, "pets.db");
    await writeFile(file, content);
    await assert.rejects(openSqliteFile(file, [FIRST]), (error: Error) => {
      assert.match(error.message, /pets\.db is damaged or no database/);
      return isAppError(error) && error.reason === "configuration-invalid";
    });
    assert.equal(await readFile(file, "utf8"), content);
  });
}

test("work of a server waits until another process has written, and the event loop turns meanwhile", async () => {
  await using folder = await createTemporaryFolder();
  const file = join(folder.path, "pets.db");
  const database = await openSqliteFile(file, [FIRST]);
  const other = await openSqliteFile(file, [FIRST]);
  waitBriefly(database);
  // It changes the time of waiting for itself only.
  emptyLog(database);
  other.exec("BEGIN IMMEDIATE; INSERT INTO pets VALUES ('cat')");
  let turns = 0;
  const turning = setInterval(() => {
    turns += 1;
  }, 10);
  setTimeout(() => other.exec("COMMIT"), 500);
  const add = database.prepare("INSERT INTO pets VALUES ('dog')");
  await whenFree(() => inTransaction(database, () => add.run()));
  clearInterval(turning);
  assert.equal(database.prepare("SELECT count(*) AS count FROM pets").get()?.count, 2);
  assert.ok(turns >= 5, `${turns} turns`);
  other.close();
  database.close();
});

test("a fault after which SQLite has rolled back by itself is told as it is", async () => {
  await using folder = await createTemporaryFolder();
  const database = await openSqliteFile(join(folder.path, "pets.db"), [FIRST]);
  database.exec("PRAGMA max_page_count = 3");
  const add = database.prepare("INSERT INTO pets VALUES (?)");
  assert.throws(() => inTransaction(database, () => add.run("x".repeat(1e6))), /full/);
  assert.equal(
    inTransaction(database, () => add.run("cat").changes),
    1,
  );
  database.close();
});
