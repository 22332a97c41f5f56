import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** What a model is for; the names are also the keys of {@link ModelFiles}. */
export type ModelRole = "fullRangeDetector" | "shortRangeDetector" | "faceMesh" | "faceGeometry";

/** What a model is for that is built only where a setting asks for it. */
export type OptionalRole = "contentClassifier";

/** Where a model comes from and what it must be, as models/catalog.json states it. */
export interface CatalogEntry<Role extends string = ModelRole | OptionalRole> {
  readonly role: Role;
  /** File name of the built model. */
  readonly file: string;
  readonly source: SourceFile & {
    readonly package: string;
    readonly version: string;
    readonly licence: string;
    /** Name inside a file of packed assets. */
    readonly entry?: string;
    /** SHA-512 of the package's tarball, in the form of package-lock.json, where the package is no dependency. */
    readonly tarball?: string;
    /** The constants of a model that has them in a file of their own. */
    readonly weights?: SourceFile;
  };
  /** How the source becomes the built file. */
  readonly build: "tflite" | "tflite-free-size" | "layers" | "copy";
  readonly bytes: number;
  readonly sha256: string;
}

/** A file of a package. */
export interface SourceFile {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The list of all models with the version of the converter that their hashes belong to. */
export interface Catalog {
  /** Raised whenever the converter's output changes. */
  readonly converter: number;
  readonly models: readonly CatalogEntry<ModelRole>[];
  readonly optional: readonly CatalogEntry<OptionalRole>[];
}
/** Reads models/catalog.json of the installation, be it a checkout or an installed package. */
export function readCatalog(): Catalog {
  return JSON.parse(readFileSync(path.join(packageRoot(), CATALOG), "utf8"));
}

const CATALOG = "models/catalog.json";

/** The nearest folder above with a catalog: this file runs from src/ as well as from dist/. */
function packageRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(path.join(folder, CATALOG))) {
    const above = path.dirname(folder);
    if (above === folder) throw new Error(`${CATALOG} is missing; the installation is incomplete.`);
    folder = above;
  }
  return folder;
}
