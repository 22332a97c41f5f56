import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import type { SourceModule } from "../support/source-modules.ts";
import { packageOf, ROOT, readModules, readPackage } from "../support/source-modules.ts";

/** Development dependencies that no file imports, and what needs them. */
const TOOLS: Readonly<Record<string, string>> = {
  "@biomejs/biome": "npm run check",
  "@types/node": "tsconfig.json",
  node: "npm scripts run on it",
  typescript: "npm run check",
};

/** Files that something other than an import starts. */
const ENTRIES = ["src/cli/cli.ts", "src/main.ts"];

/** Code of src/ that only tests reach, and why it stays. */
const KEPT: Readonly<Record<string, string>> = {
  "src/storage/memory/": "the reference that the conformance suite holds other adapters to",
};

const isKept = (file: string): boolean => Object.keys(KEPT).some((start) => file.startsWith(start));

const source = readModules("src");
const users = readModules("bench", "scripts", "bin", "console/src");
const tests = readModules("test");

function reachable(): Set<string> {
  const byFile = new Map([...source, ...users].map((module) => [module.file, module]));
  const seen = new Set<string>();
  const queue = [...ENTRIES, ...users.map((module) => module.file)];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    const module = byFile.get(file);
    if (module === undefined || seen.has(file)) continue;
    seen.add(file);
    queue.push(...module.imports.flatMap((line) => line.file ?? []));
  }
  return seen;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}

/** How often a name stands in a file, its declaration included. */
function mentions(module: SourceModule, name: string): number {
  return module.text.match(new RegExp(`(?<![\\w$])${escaped(name)}(?![\\w$])`, "g"))?.length ?? 0;
}

function takes(module: SourceModule, file: string, name: string): boolean {
  return module.imports.some(
    (line) => line.file === file && (line.names.includes(name) || line.names.includes("*")),
  );
}

test("every file of src/ is reached from an entry point", () => {
  const seen = reachable();
  assert.deepEqual(
    source.map((module) => module.file).filter((file) => !seen.has(file) && !isKept(file)),
    [],
  );
});

test("every export of src/ is used outside its file, or in it and by a test", () => {
  const unused = source.flatMap((module) =>
    module.exports
      .filter(({ name, isType }) => {
        if (ENTRIES.includes(module.file) || isKept(module.file)) return false;
        if (
          [...source, ...users].some((user) => user !== module && takes(user, module.file, name))
        ) {
          return false;
        }
        const isUsedAtHome = mentions(module, name) > 1;
        // A type that an exported signature names is part of it; a helper may be exported for its own test.
        return !(isUsedAtHome && (isType || tests.some((t) => takes(t, module.file, name))));
      })
      .map(({ name }) => `${module.file}: ${name}`),
  );
  assert.deepEqual(unused, []);
});

test("every runtime dependency is imported by src/ or is a source of models", () => {
  const imported = new Set(
    source.flatMap((module) => module.imports.map((line) => packageOf(line.specifier))),
  );
  const catalogPath = path.join(ROOT, "models/catalog.json");
  const catalog = existsSync(catalogPath) ? readFileSync(catalogPath, "utf8") : "";
  const unused = Object.keys(readPackage().dependencies).filter(
    (name) => !imported.has(name) && !catalog.includes(`"${name}"`),
  );
  assert.deepEqual(unused, []);
});

test("every development dependency is named in a test, a benchmark or a script, or is a tool", () => {
  const text = [...users, ...tests].map((module) => module.text).join("\n");
  const unused = Object.keys(readPackage().devDependencies).filter(
    (name) => !(name in TOOLS) && !new RegExp(`["'/]${escaped(name)}["'/]`).test(text),
  );
  assert.deepEqual(unused, []);
});

test("every file of test/support is used by a test", () => {
  const unused = tests
    .filter((module) => module.file.startsWith("test/support/"))
    .filter(
      (module) => !tests.some((user) => user.imports.some((line) => line.file === module.file)),
    )
    // Some are programs that a test starts by their name.
    .filter(
      (module) =>
        !tests.some((user) => user !== module && user.text.includes(path.basename(module.file))),
    );
  assert.deepEqual(
    unused.map((module) => module.file),
    [],
  );
});
