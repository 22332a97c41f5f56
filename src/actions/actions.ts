import type { Action } from "./action.ts";
import { createDescribeMaterialList } from "./describe-material-list.ts";
import type { FuseFaceParts } from "./fuse-face.ts";
import { createFuseFace } from "./fuse-face.ts";
import type { FuseFaceUltraParts } from "./fuse-face-ultra.ts";
import { createFuseFaceUltra } from "./fuse-face-ultra.ts";

/** What the actions work with, all together. */
export type ActionParts = FuseFaceParts & FuseFaceUltraParts;

/**
 * Makes every action that the server answers. Name and version together pick one, so another version of the API is a
 * few files and a line each here.
 */
export function createActions(parts: ActionParts): readonly Action[] {
  return [createFuseFaceUltra(parts), createFuseFace(parts), createDescribeMaterialList(parts)];
}
