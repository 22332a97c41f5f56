import type { MaterialState } from "../../../../src/materials/materials.ts";

/** Tells whether FuseFace takes a material; docs/api.md has the list. */
export function isUsable(state: MaterialState): boolean {
  return ["approved", "appeal-approved", "machine-approved"].includes(state);
}
