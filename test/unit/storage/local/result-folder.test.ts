import assert from "node:assert/strict";
import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { openResultFolder, SHARD_COUNT } from "../../../../src/storage/local/result-folder.ts";
import { createTemporaryFolder } from "../../../support/temporary-folder.ts";

const ID = "ab".repeat(16);

async function folderWith(expiries: readonly number[]) {
  const temporary = await createTemporaryFolder();
  const folder = await openResultFolder(temporary.path);
  const shard = path.join(temporary.path, "ab");
  const files = expiries.map((expiry) => path.join(shard, `${ID}.${expiry}.jpg`));
  for (const file of files) await writeFile(file, "12345");
  return { folder, files, shard, [Symbol.asyncDispose]: () => temporary[Symbol.asyncDispose]() };
}

test("files that go away during a deletion are no fault and not counted", async () => {
  await using made = await folderWith([1, 2, 3]);
  const removed = await made.folder.removeIf(async (file) => {
    // Whoever else deletes: the sweep, another request, the operator's command.
    if (file === made.files[1]) await rm(file);
    return true;
  });
  assert.equal(removed, 2);
  assert.deepEqual(await readdir(made.shard), []);
});

test("two who delete the same files at once share them, and nobody fails", async () => {
  const expiries = Array.from({ length: 200 }, (_, i) => i + 1);
  await using made = await folderWith(expiries);
  const sweep = async (): Promise<number> => {
    let deleted = 0;
    for (let i = 0; i < SHARD_COUNT; i++) deleted += await made.folder.sweepNextShard(1e9);
    return deleted;
  };
  const counts = await Promise.all([
    sweep(),
    made.folder.removeIf(async () => true),
    made.folder.removeIf(async () => true),
  ]);
  assert.equal(
    counts.reduce((sum, count) => sum + count, 0),
    200,
  );
});
