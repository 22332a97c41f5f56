import { type CatalogEntry, type ModelRole, readCatalog } from "../../src/models/catalog.ts";
import { readModelSource } from "../../src/models/model-source.ts";

/** The catalog's entry of a role. */
export function catalogEntry(role: ModelRole): CatalogEntry {
  const entry = readCatalog().models.find((model) => model.role === role);
  if (entry === undefined) throw new Error(`The catalog has no ${role}.`);
  return entry;
}

/** A model's original bytes out of its npm package. */
export function modelSource(role: ModelRole): Promise<Uint8Array> {
  return readModelSource(catalogEntry(role)).then(({ bytes }) => bytes);
}
