import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { readCatalog } from "../../../src/models/catalog.ts";
import { ROOT, readPackage } from "../../support/source-modules.ts";

test("every model comes from a dependency that is pinned to the version the catalog states", () => {
  const { dependencies } = readPackage();
  for (const { source } of readCatalog().models) {
    assert.equal(dependencies[source.package], source.version);
  }
});

test("every model has the licence that its package declares", () => {
  for (const { source } of readCatalog().models) {
    const file = path.join(ROOT, "node_modules", source.package, "package.json");
    assert.equal(JSON.parse(readFileSync(file, "utf8")).license, source.licence);
  }
});
