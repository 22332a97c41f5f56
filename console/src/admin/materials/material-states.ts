import type { MaterialState } from "../admin-answers.ts";

/** Every state of a material, in the order of a choice. */
export const MATERIAL_STATES: readonly MaterialState[] = [
  "in-review",
  "approved",
  "rejected",
  "appealed",
  "appeal-approved",
  "appeal-rejected",
  "machine-approved",
  "machine-rejected",
  "video-usable",
  "video-unusable",
  "role-not-in-video",
];

/** Tells whether FuseFace takes a material; docs/api.md has the list. */
export function isUsable(state: MaterialState): boolean {
  return ["approved", "appeal-approved", "machine-approved"].includes(state);
}
