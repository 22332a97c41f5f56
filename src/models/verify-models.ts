import { readFile } from "node:fs/promises";
import path from "node:path";
import {
  type Catalog,
  type CatalogEntry,
  type ModelRole,
  type OptionalRole,
  readCatalog,
} from "./catalog.ts";
import { sha256 } from "./model-source.ts";

/** Whether a built file is as the catalog states. */
export type ModelState = "verified" | "damaged" | "missing";

/** What is known of one model: its origin and whether the built file is as the catalog states. */
export interface ModelRow {
  readonly role: ModelRole | OptionalRole;
  readonly package: string;
  readonly version: string;
  readonly licence: string;
  /** Absolute path of the built file. */
  readonly file: string;
  readonly state: ModelState;
  /** True for a model that only some settings need; it may be missing. */
  readonly isOptional: boolean;
}

/** Checks every built model without building any. */
export async function verifyModels(modelsDir: string): Promise<ModelRow[]> {
  const catalog = readCatalog();
  const folder = modelFolder(modelsDir, catalog);
  return Promise.all(
    [...catalog.models, ...catalog.optional].map(async (entry) => {
      const isOptional = catalog.optional.some(({ role }) => role === entry.role);
      const { package: name, version, licence } = entry.source;
      const file = path.join(folder, entry.file);
      const state = await modelState(file, entry);
      return { role: entry.role, package: name, version, licence, file, state, isOptional };
    }),
  );
}

/** One folder per set of sources and converter, so that versions of the server can share a cache. */
export function modelFolder(modelsDir: string, catalog: Catalog): string {
  const hashes = catalog.models.map(({ source }) => source.sha256);
  const key = sha256(new TextEncoder().encode([catalog.converter, ...hashes].join()));
  return path.resolve(modelsDir, key.slice(0, 16));
}

/** Tells whether a built file is there and has the bytes that the catalog states. */
export async function modelState(file: string, entry: CatalogEntry): Promise<ModelState> {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (bytes === undefined) return "missing";
  return sha256(bytes) === entry.sha256 ? "verified" : "damaged";
}
