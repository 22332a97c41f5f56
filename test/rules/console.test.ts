import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { gzipSync } from "node:zlib";
import { ensureConsoleBuilt } from "../../scripts/build-console.ts";
import { readPageFiles } from "../../src/console/page-files.ts";
import { ROOT, readModules } from "../support/source-modules.ts";

/** What the console's own code may weigh on its way to a browser, gzip. */
const MAX_COMPRESSED_BYTES = 150 * 1024;

test("the types of the console hold", () => {
  const tsc = path.join(ROOT, "node_modules/typescript/bin/tsc");
  const run = spawnSync(process.execPath, [tsc, "-p", "console"], { cwd: ROOT, encoding: "utf8" });
  assert.equal(run.stdout + run.stderr, "");
});

test("all scripts and styles of the console together have at most 150 KB, compressed", async () => {
  await ensureConsoleBuilt();
  const files = await readPageFiles(path.join(ROOT, "console/dist"));
  const code = [...files!].filter(([name]) => /\.(js|css|html)$/.test(name));
  assert.ok(code.length >= 3);
  const bytes = code.reduce((sum, [, file]) => sum + gzipSync(file.bytes).length, 0);
  assert.ok(bytes <= MAX_COMPRESSED_BYTES, `${bytes} bytes`);
});

test("the console makes no markup from text and stores no key outside the tab", () => {
  const broken = readModules("console/src")
    .filter(({ text }) => /innerHTML|dangerouslySetInnerHTML|insertAdjacentHTML|eval\(/.test(text))
    .map(({ file }) => file);
  assert.deepEqual(broken, []);
  const keepers = readModules("console/src")
    .filter(({ text }) => text.includes("localStorage"))
    .map(({ file }) => file);
  assert.deepEqual(keepers, ["console/src/state/kept-store.ts"]);
});

test("every page of the console is listed with a title in both languages", () => {
  const text = readFileSync(path.join(ROOT, "console/src/pages/pages.ts"), "utf8");
  const pages = [...text.matchAll(/path: "([^"]+)"/g)].map(([, name]) => name);
  const titles = [...text.matchAll(/title: \{ en: "[^"]+", zh: "[^"]+" \}/g)];
  assert.ok(pages.length > 0);
  assert.equal(titles.length, pages.length);
});
