import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { AppError } from "../base/app-error.ts";
import type { CatalogEntry } from "./catalog.ts";
import { readPackedAsset } from "./packed-assets.ts";

/** The SHA-256 of bytes in lower-case hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Reads a model's original bytes out of its npm package and checks them against the catalog.
 * Throws `model-unavailable` when the package is missing or has other bytes than the catalog states.
 */
export async function readModelSource(entry: CatalogEntry): Promise<Uint8Array> {
  const { source } = entry;
  const bytes = await readFromPackage(source).catch((cause: unknown) => {
    throw unavailable(entry, "it cannot be read; is the package installed?", cause);
  });
  const actual = sha256(bytes);
  if (actual !== source.sha256) {
    throw unavailable(entry, `it has SHA-256 ${actual}, expected was ${source.sha256}.`);
  }
  return bytes;
}

/** Makes the error for a model that cannot be used, naming its package and file. */
export function unavailable(entry: CatalogEntry, fault: string, cause?: unknown): AppError {
  const { source } = entry;
  const place = `${source.package}@${source.version}/${source.entry ?? source.file}`;
  return new AppError("model-unavailable", `The model ${entry.role} (${place}): ${fault}`, {
    details: { role: entry.role, package: source.package },
    cause,
    report: true,
  });
}

async function readFromPackage(source: CatalogEntry["source"]): Promise<Uint8Array> {
  const resolve = createRequire(import.meta.url).resolve;
  const folder = path.dirname(resolve(`${source.package}/package.json`));
  const bytes = await readFile(path.join(folder, source.file));
  if (source.entry === undefined) return bytes;
  const loader = source.file.replace(/\.data$/, "_loader.js");
  return readPackedAsset(bytes, await readFile(path.join(folder, loader), "utf8"), source.entry);
}
