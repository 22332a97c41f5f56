import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** What a model is for; the names are also the keys of {@link ModelFiles}. */
export type ModelRole = "fullRangeDetector" | "shortRangeDetector" | "faceMesh" | "faceGeometry";

/** Where a model comes from and what it must be, as models/catalog.json states it. */
export interface CatalogEntry {
  readonly role: ModelRole;
  /** File name of the built model. */
  readonly file: string;
  readonly source: {
    readonly package: string;
    readonly version: string;
    readonly licence: string;
    readonly file: string;
    /** Name inside a file of packed assets. */
    readonly entry?: string;
    readonly bytes: number;
    readonly sha256: string;
  };
  /** How the source becomes the built file. */
  readonly build: "tflite" | "tflite-free-size" | "copy";
  readonly bytes: number;
  readonly sha256: string;
}

/** The list of all models with the version of the converter that their hashes belong to. */
export interface Catalog {
  /** Raised whenever the converter's output changes. */
  readonly converter: number;
  readonly models: readonly CatalogEntry[];
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
