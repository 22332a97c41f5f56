import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { ROOT, readPackage } from "../support/source-modules.ts";

/** Licences under which a part may be shipped to a user. */
const RUNTIME_LICENCES = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "ISC",
  "MIT",
  "CC0-1.0",
  // libvips inside sharp's prebuilt binaries: a shared library that the user may replace.
  "LGPL-3.0-or-later",
];

/**
 * Development only: the font's outlines are embedded, which the OFL allows with its notice; the accessibility checker
 * (MPL-2.0) runs in tests as it is.
 */
const DEVELOPMENT_LICENCES = [...RUNTIME_LICENCES, "OFL-1.1", "MPL-2.0"];

interface LockedPackage {
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

const lock: Record<string, LockedPackage> = JSON.parse(
  readFileSync(path.join(ROOT, "package-lock.json"), "utf8"),
).packages;

/** `A OR B` needs one allowed licence, `A AND B` both. */
function isAllowed(expression: string, allowed: readonly string[]): boolean {
  return expression
    .replace(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((licence) => allowed.includes(licence.trim())));
}

test("a choice of licences is allowed by one, a sum only by all", () => {
  assert.ok(isAllowed("(MIT OR GPL-3.0-only)", ["MIT"]));
  assert.ok(!isAllowed("MIT AND GPL-3.0-only", ["MIT"]));
  assert.ok(!isAllowed("AGPL-3.0-only", RUNTIME_LICENCES));
});

test("every package of the lock file has an allowed licence", () => {
  const broken = Object.entries(lock)
    .filter(([name]) => name !== "")
    .filter(([, entry]) => {
      const allowed = entry.dev ? DEVELOPMENT_LICENCES : RUNTIME_LICENCES;
      return !isAllowed(entry.license ?? "unknown", allowed);
    })
    .map(([name, entry]) => `${name}: ${entry.license ?? "unknown"}`);
  assert.deepEqual(broken, []);
});

test("there are at most twelve direct runtime dependencies", () => {
  assert.ok(Object.keys(readPackage().dependencies).length <= 12);
});

test("THIRD_PARTY.md has a line with licence for every direct dependency, and no other", () => {
  const { dependencies, devDependencies } = readPackage();
  const names = Object.keys({ ...dependencies, ...devDependencies });
  const text = readFileSync(path.join(ROOT, "THIRD_PARTY.md"), "utf8");
  const lines = [...text.matchAll(/^\| `([^`]+)` \| ([^|]+) \| [^|]{20,} \|$/gm)];
  const told = lines
    .map(([, name, licence]) => [name!, licence!.trim()] as const)
    .filter(([name]) => !name.startsWith("src/"));
  const expected = names.map((name) => [name, lock[`node_modules/${name}`]?.license] as const);
  const byName = (a: readonly unknown[], b: readonly unknown[]): number =>
    String(a[0]) < String(b[0]) ? -1 : 1;
  assert.deepEqual(told.toSorted(byName), expected.toSorted(byName));
});

test("THIRD_PARTY.md names the package, version and licence of every model source in the catalog", (t) => {
  const catalogPath = path.join(ROOT, "models/catalog.json");
  if (!existsSync(catalogPath)) return t.skip("models/catalog.json is not in this checkout");
  const text = readFileSync(path.join(ROOT, "THIRD_PARTY.md"), "utf8");
  const packages = [...readFileSync(catalogPath, "utf8").matchAll(/"package":\s*"([^"]+)"/g)].map(
    ([, name]) => name!,
  );
  assert.deepEqual(
    packages.filter((name) => !text.includes(name)),
    [],
  );
});

test("LICENSE is the Apache License 2.0", () => {
  const text = readFileSync(path.join(ROOT, "LICENSE"), "utf8");
  assert.match(text, /Apache License\s+Version 2\.0, January 2004/);
  assert.match(text, /END OF TERMS AND CONDITIONS/);
});
