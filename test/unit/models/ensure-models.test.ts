import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { type TestContext } from "node:test";
import { readCatalog } from "../../../src/models/catalog.ts";
import {
  ensureModels,
  ensureOptionalModel,
  findOptionalModel,
  type ModelProgress,
} from "../../../src/models/ensure-models.ts";
import { sha256 } from "../../../src/models/model-source.ts";
import { verifyModels } from "../../../src/models/verify-models.ts";

async function temporaryFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "faceloom-models-"));
  context.after(() => rm(folder, { recursive: true }));
  return folder;
}

async function states(modelsDir: string): Promise<string[]> {
  const needed = (await verifyModels(modelsDir)).filter(({ isOptional }) => !isOptional);
  return needed.map(({ state }) => state);
}

test("builds every model of the catalog once and verifies it at the next start", async (t) => {
  const modelsDir = await temporaryFolder(t);
  assert.deepEqual(await states(modelsDir), ["missing", "missing", "missing", "missing"]);
  const first: ModelProgress[] = [];
  const files = await ensureModels({ modelsDir, onProgress: (step) => first.push(step) });
  assert.deepEqual(
    first.filter(({ state }) => state === "built").map(({ role }) => role),
    readCatalog().models.map(({ role }) => role),
  );
  for (const entry of readCatalog().models) {
    const bytes = await readFile(files[entry.role]);
    assert.equal(bytes.length, entry.bytes);
    assert.equal(sha256(bytes), entry.sha256);
  }
  const second: string[] = [];
  await ensureModels({ modelsDir, onProgress: ({ state }) => second.push(state) });
  assert.deepEqual(second, ["verified", "verified", "verified", "verified"]);
});

test("rebuilds a damaged file and only that", async (t) => {
  const modelsDir = await temporaryFolder(t);
  const files = await ensureModels({ modelsDir });
  const bytes = await readFile(files.shortRangeDetector);
  bytes[1000]! ^= 1;
  await writeFile(files.shortRangeDetector, bytes);
  assert.deepEqual(await states(modelsDir), ["verified", "damaged", "verified", "verified"]);
  const built: string[] = [];
  await ensureModels({
    modelsDir,
    onProgress: ({ role, state }) => state === "built" && built.push(role),
  });
  assert.deepEqual(built, ["shortRangeDetector"]);
  assert.deepEqual(await states(modelsDir), ["verified", "verified", "verified", "verified"]);
});

test("several starts at once end with whole files and nothing beside them", async (t) => {
  const modelsDir = await temporaryFolder(t);
  await Promise.all([1, 2, 3].map(() => ensureModels({ modelsDir })));
  assert.deepEqual(await states(modelsDir), ["verified", "verified", "verified", "verified"]);
  const left = await readdir(modelsDir, { recursive: true });
  assert.deepEqual(
    left.filter((name) => name.endsWith(".tmp")),
    [],
  );
});

test("an optional model is built only when it is asked for", async (t) => {
  const modelsDir = await temporaryFolder(t);
  await ensureModels({ modelsDir });
  const optionalState = async (): Promise<string | undefined> =>
    (await verifyModels(modelsDir)).find(({ isOptional }) => isOptional)?.state;
  assert.equal(await optionalState(), "missing");
  await assert.rejects(findOptionalModel("contentClassifier", modelsDir), /it is missing/);
  const file = await ensureOptionalModel("contentClassifier", { modelsDir });
  assert.equal(await optionalState(), "verified");
  assert.equal(await findOptionalModel("contentClassifier", modelsDir), file);
});
