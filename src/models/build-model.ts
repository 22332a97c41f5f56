import type { CatalogEntry } from "./catalog.ts";
import { readModelSource, sha256, unavailable } from "./model-source.ts";
import { convertTflite } from "./tflite/convert-tflite.ts";

/**
 * Builds one model from its package. Throws `model-unavailable` when the source is wrong or the result is
 * not byte for byte what the catalog states.
 */
export async function buildModel(entry: CatalogEntry): Promise<Uint8Array> {
  const built = convertModel(entry, await readModelSource(entry));
  const actual = sha256(built);
  if (actual === entry.sha256) return built;
  throw unavailable(entry, `its conversion has SHA-256 ${actual}, expected was ${entry.sha256}.`);
}

/** Turns a model's original bytes into those of the built file. */
function convertModel(entry: CatalogEntry, source: Uint8Array): Uint8Array {
  if (entry.build === "copy") return source;
  return convertTflite(source, { hasFreeSize: entry.build === "tflite-free-size" });
}
