import { readFile } from "node:fs/promises";
import { type CanonicalGeometry, parseCanonicalGeometry } from "../models/canonical-geometry.ts";
import type { ModelFiles } from "../models/ensure-models.ts";

/** The head model that the first 468 mesh points belong to. */
export type CanonicalFace = CanonicalGeometry;

/** Loads the canonical face: 468 vertices, 898 triangles (eyes closed by triangles, mouth open). */
export async function loadCanonicalFace(models: ModelFiles): Promise<CanonicalFace> {
  return parseCanonicalGeometry(await readFile(models.faceGeometry));
}
