import assert from "node:assert/strict";
import {
  chmod,
  mkdir,
  readdir,
  readFile,
  rename,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import test from "node:test";
import { STORAGE_SETTINGS } from "../../../../src/storage/config.ts";
import { createLocalStorage } from "../../../../src/storage/local/local-storage.ts";
import type { Storage, StoredResult } from "../../../../src/storage/storage.ts";
import { defaultsOf } from "../../../support/default-settings.ts";
import { textOf } from "../../../support/result-text.ts";
import { createTemporaryFolder } from "../../../support/temporary-folder.ts";

const CONFIG = { ...defaultsOf(STORAGE_SETTINGS), minFreeBytes: 0 };
const START_MS = Date.UTC(2030, 0, 1);
const RESULT: StoredResult = {
  bytes: Buffer.from("the picture"),
  format: "jpeg",
  accountId: "account-a",
  requestId: "request-1",
};

function openIn(dataDir: string, nowMs = () => START_MS, change = {}): Promise<Storage> {
  return createLocalStorage({ ...CONFIG, ...change }, { dataDir, nowMs });
}

/** Names of all files below a folder. */
async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((e) => join(e.parentPath, e.name));
}

async function waitUntil(isDone: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200 && !(await isDone()); i++) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.ok(await isDone());
}

test("links stay good over a restart", async () => {
  await using folder = await createTemporaryFolder();
  const first = await openIn(folder.path);
  const { path } = await first.put(RESULT);
  await first[Symbol.asyncDispose]();
  await using second = await openIn(folder.path);
  assert.equal(await textOf(await second.open(path)), "the picture");
});

test("only the owner can read the key, the results and their folders", async () => {
  await using folder = await createTemporaryFolder();
  await using storage = await openIn(join(folder.path, "data"));
  await storage.put(RESULT);
  const files = await filesBelow(join(folder.path, "data"));
  assert.equal(files.length, 2);
  for (const file of files) assert.equal((await stat(file)).mode & 0o777, 0o600, file);
  assert.equal((await stat(join(folder.path, "data/results"))).mode & 0o777, 0o700);
});

test("half-written results of an earlier run are deleted at the start, other files are not", async () => {
  await using folder = await createTemporaryFolder();
  await mkdir(join(folder.path, "results/drafts"), { recursive: true });
  await writeFile(join(folder.path, "results/drafts/ab.part"), "half");
  await writeFile(join(folder.path, "results/README"), "the operator's");
  await using _storage = await openIn(folder.path);
  const files = await filesBelow(join(folder.path, "results"));
  assert.deepEqual(files, [join(folder.path, "results/README")]);
});

test("expired files are deleted, also those that fell due while nothing ran", async () => {
  await using folder = await createTemporaryFolder();
  let now = START_MS;
  const first = await openIn(folder.path, () => now);
  for (let i = 0; i < 5; i++) await first.put(RESULT);
  await first[Symbol.asyncDispose]();
  now += 86_400_000;
  await using second = await openIn(folder.path, () => now, { sweepSeconds: 1 });
  await waitUntil(async () => (await filesBelow(join(folder.path, "results"))).length === 0);
  const { path } = await second.put(RESULT);
  now += 86_399_999;
  assert.ok(await second.open(path));
  now += 1;
  await waitUntil(async () => (await filesBelow(join(folder.path, "results"))).length === 0);
});

test("room taken by an earlier run counts against the quota", async () => {
  await using folder = await createTemporaryFolder();
  const first = await openIn(folder.path);
  await first.put({ ...RESULT, bytes: Buffer.alloc(5_000) });
  await first[Symbol.asyncDispose]();
  // The last shard is counted last: when this due file is gone, the others are known.
  const due = join(folder.path, "results/ff", `${"f".repeat(32)}.1.jpg`);
  await writeFile(due, "");
  await using second = await openIn(folder.path, () => START_MS, { quotaBytes: 8_000 });
  await waitUntil(async () => !(await filesBelow(join(folder.path, "results"))).includes(due));
  const tooMuch = second.put({ ...RESULT, bytes: Buffer.alloc(4_000) });
  await assert.rejects(tooMuch, { reason: "resources-exhausted" });
});

test("results that are written at once do not share the same room", async () => {
  await using folder = await createTemporaryFolder();
  await using storage = await openIn(folder.path, () => START_MS, { quotaBytes: 2_500 });
  const bytes = Buffer.alloc(1_000);
  const put = () => storage.put({ ...RESULT, bytes });
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, put));
  assert.equal(outcomes.filter(({ status }) => status === "fulfilled").length, 2);
});

test("a nearly full file system refuses results", async () => {
  await using folder = await createTemporaryFolder();
  await using storage = await openIn(folder.path, () => START_MS, { minFreeBytes: 2 ** 60 });
  await assert.rejects(storage.put(RESULT), { reason: "resources-exhausted" });
  assert.deepEqual(await filesBelow(join(folder.path, "results")), []);
});

test("a symbolic link in place of a result is not followed", async () => {
  await using folder = await createTemporaryFolder();
  await using storage = await openIn(folder.path);
  const { path } = await storage.put(RESULT);
  const [file] = await filesBelow(join(folder.path, "results"));
  const elsewhere = join(folder.path, "elsewhere");
  await rename(file!, elsewhere);
  await symlink(elsewhere, file!);
  assert.equal(await storage.open(path), undefined);
});

test("a result that was damaged on disk is no result", async () => {
  await using folder = await createTemporaryFolder();
  await using storage = await openIn(folder.path);
  const { path } = await storage.put(RESULT);
  const [file] = await filesBelow(join(folder.path, "results"));
  for (const content of [
    "",
    "no line end",
    "not json\npicture",
    "{}\npicture",
    '{"accountId":"account-b","requestId":"r"}\npicture',
  ]) {
    await writeFile(file!, content);
    assert.equal(await storage.open(path), undefined, content);
  }
});

test("a broken key file stops the start and is left as it is", async () => {
  await using folder = await createTemporaryFolder();
  const path = join(folder.path, "result-link.key");
  await writeFile(path, "short");
  await assert.rejects(openIn(folder.path), { reason: "configuration-invalid" });
  assert.equal(await readFile(path, "utf8"), "short");
});

test("a key file that others could read is closed to them", async () => {
  await using folder = await createTemporaryFolder();
  const path = join(folder.path, "result-link.key");
  await writeFile(path, "ab".repeat(32));
  await chmod(path, 0o644);
  await using _storage = await openIn(folder.path);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test("two first starts at once agree on one key", async () => {
  await using folder = await createTemporaryFolder();
  const [first, second] = await Promise.all([openIn(folder.path), openIn(folder.path)]);
  const { path } = await first.put(RESULT);
  assert.ok(await second.open(path));
  await Promise.all([first[Symbol.asyncDispose](), second[Symbol.asyncDispose]()]);
});
