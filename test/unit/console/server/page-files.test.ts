import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test from "node:test";
import { brotliDecompressSync } from "node:zlib";
import { readPageFiles } from "../../../../src/console/page-files.ts";

test("the built pages are read with their types; only hashed names may be kept for ever", async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), "faceloom-pages-"));
  t.after(() => rm(folder, { recursive: true }));
  assert.equal(await readPageFiles(folder), undefined);
  await mkdir(path.join(folder, "one/console/samples"), { recursive: true });
  await writeFile(path.join(folder, "one/console/index.html"), "<!doctype html>");
  await writeFile(path.join(folder, "one/console/main-ABCD1234.js"), "let a = 1;");
  await writeFile(path.join(folder, "one/console/samples/a.jpg"), "jpeg");
  await writeFile(path.join(folder, "one/console/notes.unknown"), "x");
  await writeFile(path.join(folder, "current.json"), JSON.stringify({ folder: "one" }));
  const files = await readPageFiles(folder);
  assert.deepEqual([...files!.keys()].sort(), ["index.html", "main-ABCD1234.js", "samples/a.jpg"]);
  const script = files!.get("main-ABCD1234.js")!;
  assert.equal(script.type, "text/javascript; charset=utf-8");
  assert.equal(brotliDecompressSync(script.compressed!).toString(), "let a = 1;");
  assert.deepEqual(
    [...files!].filter(([, file]) => file.isImmutable).map(([name]) => name),
    ["main-ABCD1234.js"],
  );
  assert.equal(files!.get("samples/a.jpg")!.compressed, undefined);
});
