import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import test from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { CallRecord } from "../../../../src/audit/audit-record.ts";
import type { AuditBook, AuditVerification } from "../../../../src/audit/audit-trail.ts";
import { forgetCalls } from "../../../../src/audit/forget-calls.ts";
import { createSqliteAuditBook } from "../../../../src/audit/sqlite/sqlite-audit-book.ts";
import { createSqliteAuditTrail } from "../../../../src/audit/sqlite/sqlite-audit-trail.ts";
import { createTemporaryFolder } from "../../../support/temporary-folder.ts";

const DAY_MS = 86_400_000;
const NOW = Date.parse("2026-08-01T00:00:00Z");

function aCall(number: number, change: Partial<CallRecord> = {}): CallRecord {
  return {
    kind: "call",
    atMs: NOW + number,
    requestId: `request-${number}`,
    account: `account-${number % 2}`,
    durationMs: 5,
    requestBytes: 10,
    answerBytes: 20,
    ...change,
  };
}

interface Opened extends AsyncDisposable {
  readonly file: string;
  readonly folder: string;
  readonly errors: unknown[];
  write(records: readonly CallRecord[]): Promise<void>;
  book(): Promise<AuditBook>;
}

async function open(nowMs: () => number = () => NOW, keepDays = 190): Promise<Opened> {
  const folder = await createTemporaryFolder();
  const errors: unknown[] = [];
  const onError = (error: unknown) => void errors.push(error);
  return {
    folder: folder.path,
    file: path.join(folder.path, "audit.db"),
    errors,
    async write(records) {
      const parts = { dataDir: folder.path, nowMs, onError };
      await using trail = await createSqliteAuditTrail({ keepDays }, parts);
      for (const record of records) trail.append(record);
    },
    book: () => createSqliteAuditBook(folder.path),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

async function verify(opened: Opened, head?: string): Promise<AuditVerification> {
  await using book = await opened.book();
  return book.verify(head);
}

test("rows come back as they were written, in a file that only its owner may read", async () => {
  await using opened = await open();
  const records = [aCall(1), aCall(2, { code: "InternalError", logoAdd: false }), aCall(3)];
  await opened.write(records);
  await using book = await opened.book();
  assert.deepEqual(
    [...book.entries({})].map(({ seq, record }) => [seq, record]),
    records.map((record, i) => [i + 1, record]),
  );
  assert.equal((await stat(opened.file)).mode & 0o777, 0o600);
  const of = (filter: Parameters<AuditBook["entries"]>[0]) =>
    [...book.entries(filter)].map(({ seq }) => seq);
  assert.deepEqual(of({ requestId: "request-2" }), [2]);
  assert.deepEqual(of({ account: "account-1" }), [1, 3]);
  assert.deepEqual(of({ sinceMs: NOW + 2, untilMs: NOW + 3 }), [2]);
  assert.deepEqual(opened.errors, []);
});

test("the chain can be checked with nothing but SHA-256 from what is exported", async () => {
  await using opened = await open();
  await opened.write([aCall(1), aCall(2), aCall(3)]);
  await using book = await opened.book();
  let before: Uint8Array = new Uint8Array(32);
  for (const { seq, record, salt, contentHash, hash } of book.entries({})) {
    const content = createHash("sha256")
      .update(Buffer.from(salt!, "hex"))
      .update(JSON.stringify(record))
      .digest();
    assert.equal(content.toString("hex"), contentHash);
    const number = Buffer.alloc(8);
    number.writeUInt32BE(seq, 4);
    const link = createHash("sha256").update(before).update(number).update(content).digest();
    assert.equal(link.toString("hex"), hash);
    before = link;
  }
});

test("servers and commands on one file make one chain", async () => {
  await using opened = await open();
  const parts = { dataDir: opened.folder, nowMs: () => NOW, onError: () => undefined };
  await using one = await createSqliteAuditTrail({ keepDays: 190 }, parts);
  await using two = await createSqliteAuditTrail({ keepDays: 190 }, parts);
  for (let i = 0; i < 20; i++) [one, two][i % 2]!.append(aCall(i));
  assert.deepEqual((await verify(opened)).faults, []);
  assert.equal((await verify(opened)).rows, 20);
});

const FROM_THREE = ["content", "salt", "content_hash"]
  .map((column) => `${column} = (SELECT ${column} FROM trail WHERE seq = 3)`)
  .join();

for (const [what, change, fault] of [
  ["a changed row", "SET content = replace(content, ':5', ':6')", /row 2 was changed/],
  ["another row's content", `SET ${FROM_THREE}`, /row 2 does not hang/],
  ["a row emptied by hand", "SET content = NULL, salt = NULL", /1 rows are empty, 0 were/],
  ["nonsense in a row", "SET content = 'x'", /row 2 was changed/],
  ["a moved row", "SET seq = 9", /row 2 is missing/],
] as const) {
  test(`${what} is found`, async () => {
    await using opened = await open();
    await opened.write([aCall(1), aCall(2), aCall(3), aCall(4)]);
    assert.deepEqual((await verify(opened)).faults, []);
    const database = new DatabaseSync(opened.file);
    database.exec(`UPDATE trail ${change} WHERE seq = 2`);
    database.close();
    assert.match((await verify(opened)).faults.join("; "), fault);
  });
}

test("rows cut off at the end are found by a head that was noted elsewhere", async () => {
  await using opened = await open();
  await opened.write([aCall(1), aCall(2), aCall(3)]);
  const { head } = await verify(opened);
  await opened.write([aCall(4)]);
  assert.deepEqual((await verify(opened, head)).faults, []);
  const database = new DatabaseSync(opened.file);
  database.exec("DELETE FROM trail WHERE seq >= 3");
  database.close();
  assert.deepEqual((await verify(opened)).faults, []);
  assert.match((await verify(opened, head)).faults.join("; "), /no row has the given hash/);
});

test("rows emptied on request leave nothing of the call, and the chain stays whole", async () => {
  await using opened = await open();
  await opened.write([aCall(1), aCall(2), aCall(3)]);
  {
    await using book = await opened.book();
    const rows = book.empty({ account: "account-1" });
    assert.equal(rows, 2);
    book.append({ kind: "deletion", atMs: NOW, ofAccount: "account-1", rows, results: 0 });
    assert.deepEqual(
      [...book.entries({})].map(({ record }) => record?.kind),
      [undefined, "call", undefined, "deletion"],
    );
    assert.equal(book.empty({ account: "account-1" }), 0);
  }
  const found = await verify(opened);
  assert.deepEqual(found.faults, []);
  assert.equal(found.emptied, 2);
  const database = new DatabaseSync(opened.file, { readOnly: true });
  const left = database.prepare("SELECT * FROM trail WHERE seq = 1").get()!;
  database.close();
  assert.deepEqual(
    Object.values(left).filter((value) => typeof value === "string"),
    [],
  );
});

test("a page of a long trail looks at some thousand rows at most, and says where to go on", async () => {
  await using opened = await open();
  const rare = { code: "FailedOperation.NoFaceDetected" };
  const many = Array.from({ length: 7_000 }, (_, i) => aCall(i, i === 10 ? rare : {}));
  await opened.write(many);
  await using book = await opened.book();
  const first = book.page({ outcome: "failed", limit: 10 });
  assert.deepEqual([first.entries.length, first.next], [0, 2_001]);
  const second = book.page({ outcome: "failed", limit: 10, before: first.next });
  assert.deepEqual([second.entries.map(({ seq }) => seq), second.next], [[11], undefined]);
  // Thousands of rows of an account go in portions, each with its record.
  const order = { atMs: NOW, ofAccount: "account-1", ofRequest: undefined, results: 3 };
  assert.equal(await forgetCalls(book, order), 3_500);
  assert.deepEqual(book.verify().faults, []);
  const told = book.page({ limit: 2 }).entries.map(({ record }) => record);
  assert.deepEqual(
    told.map((one) => one?.kind === "deletion" && [one.rows, one.results]),
    [
      [1_500, 0],
      [2_000, 3],
    ],
  );
});

test("what is emptied or too old is in no file any more, with a server running on it", async () => {
  await using opened = await open();
  const content = [1, 2, 3].map((i) => aCall(i, { secretId: `secret-${i}-${"x".repeat(60)}` }));
  const parts = {
    dataDir: opened.folder,
    nowMs: () => NOW,
    onError: (error: unknown) => assert.fail(String(error)),
  };
  await using trail = await createSqliteAuditTrail({ keepDays: 190 }, parts);
  for (const record of content) trail.append(record);
  // Both at one moment: content moves from the log into the file.
  const isLeft = (text: string): boolean =>
    [opened.file, `${opened.file}-wal`].some((file) => readFileSync(file).includes(text));
  assert.ok(isLeft("secret-2-"));
  await using book = await opened.book();
  book.empty({ requestId: "request-2" });
  assert.ok(!isLeft("secret-2-"));
  assert.ok(isLeft("secret-1-"));
  const later = { ...parts, nowMs: () => NOW + 200 * DAY_MS };
  await using sweeping = await createSqliteAuditTrail({ keepDays: 190 }, later);
  for (let i = 0; i < 100 && isLeft("secret-1-"); i++) await sleep(50);
  assert.ok(!isLeft("secret-1-"));
  assert.equal(sweeping.dropped(), 0);
});

test("rows go when they are old enough, and the rest is still a whole chain", async () => {
  let now = NOW;
  await using opened = await open(() => now, 10);
  await opened.write([aCall(1), aCall(2), aCall(3, { atMs: NOW + 5 * DAY_MS })]);
  now = NOW + 12 * DAY_MS;
  const parts = { dataDir: opened.folder, nowMs: () => now, onError: () => undefined };
  await using trail = await createSqliteAuditTrail({ keepDays: 10 }, parts);
  for (let i = 0; i < 100 && (await verify(opened)).rows > 1; i++) await sleep(20);
  assert.equal((await verify(opened)).rows, 1);
  trail.append(aCall(4, { atMs: now }));
  const found = await verify(opened);
  assert.equal(found.rows, 2);
  assert.deepEqual(found.faults, []);
});

test("when all rows are old the next one still hangs on the last", async () => {
  let now = NOW;
  await using opened = await open(() => now, 10);
  await opened.write([aCall(1)]);
  const { head } = await verify(opened);
  now = NOW + 100 * DAY_MS;
  const parts = { dataDir: opened.folder, nowMs: () => now, onError: () => undefined };
  await using trail = await createSqliteAuditTrail({ keepDays: 10 }, parts);
  for (let i = 0; i < 100 && (await verify(opened)).rows > 0; i++) await sleep(20);
  assert.equal((await verify(opened)).rows, 0);
  trail.append(aCall(2, { atMs: now }));
  assert.deepEqual((await verify(opened, head)).faults, []);
});

test("a row that cannot be written is counted and told, and no call suffers", async () => {
  await using opened = await open();
  const errors: unknown[] = [];
  const parts = {
    dataDir: opened.folder,
    nowMs: () => NOW,
    onError: (error: unknown) => void errors.push(error),
  };
  await using trail = await createSqliteAuditTrail({ keepDays: 10 }, parts);
  const database = new DatabaseSync(opened.file);
  database.exec("ALTER TABLE trail RENAME TO gone");
  trail.append(aCall(1));
  database.exec("ALTER TABLE gone RENAME TO trail");
  database.close();
  assert.equal(trail.dropped(), 1);
  assert.equal(errors.length, 1);
});

test("while another process writes, records wait and no caller does", async () => {
  await using opened = await open();
  await opened.write([aCall(0)]);
  using other = new DatabaseSync(opened.file);
  const onError = (error: unknown) => void opened.errors.push(error);
  {
    const parts = { dataDir: opened.folder, nowMs: () => NOW, onError };
    await using trail = await createSqliteAuditTrail({ keepDays: 190 }, parts);
    other.exec("BEGIN IMMEDIATE");
    const startedMs = performance.now();
    for (let number = 1; number <= 20; number++) trail.append(aCall(number));
    assert.ok(performance.now() - startedMs < 500);
    other.exec("COMMIT");
    await sleep(400);
    await using book = await opened.book();
    assert.equal(book.verify().rows, 21);
    other.exec("BEGIN IMMEDIATE");
    trail.append(aCall(21));
    setTimeout(() => other.exec("COMMIT"), 200);
  }
  const { rows, faults } = await verify(opened);
  assert.deepEqual({ rows, faults }, { rows: 22, faults: [] });
  assert.deepEqual(opened.errors, []);
});
