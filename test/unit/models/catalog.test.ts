import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { InferenceSession } from "onnxruntime-node";
import { readCatalog } from "../../../src/models/catalog.ts";
import { ROOT, readPackage } from "../../support/source-modules.ts";
import { testClassifier, testModels } from "../../support/test-models.ts";

test("every model comes from a dependency that is pinned to the version the catalog states", () => {
  const { dependencies } = readPackage();
  for (const { source } of readCatalog().models) {
    assert.equal(dependencies[source.package], source.version);
  }
});

test("an optional model's package is pinned for tests and by its tarball", () => {
  const { devDependencies } = readPackage();
  const lock = JSON.parse(readFileSync(path.join(ROOT, "package-lock.json"), "utf8"));
  for (const { source } of readCatalog().optional) {
    assert.equal(devDependencies[source.package], source.version);
    assert.equal(lock.packages[`node_modules/${source.package}`].integrity, source.tarball);
  }
});

test("every model has the licence that its package declares", () => {
  const { models, optional } = readCatalog();
  for (const { source } of [...models, ...optional]) {
    const file = path.join(ROOT, "node_modules", source.package, "package.json");
    assert.equal(JSON.parse(readFileSync(file, "utf8")).license, source.licence);
  }
});

test("every network has the inputs and outputs that the catalog describes", async () => {
  const files = { ...(await testModels()), contentClassifier: await testClassifier() };
  const catalog = JSON.parse(readFileSync(path.join(ROOT, "models/catalog.json"), "utf8"));
  for (const { role, build, inputs, outputs } of [...catalog.models, ...catalog.optional]) {
    if (build === "copy") continue;
    const session = await InferenceSession.create(files[role as keyof typeof files]);
    const described = [...inputs, ...outputs].map(({ name, shape }) => ({ name, shape }));
    const actual = [...session.inputMetadata, ...session.outputMetadata].map((value) => ({
      name: value.name,
      shape: value.isTensor ? [...value.shape] : [],
    }));
    assert.deepEqual(actual, described);
    await session.release();
  }
});
