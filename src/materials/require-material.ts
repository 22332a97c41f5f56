import { activityNotFound, materialGone, materialNotApproved, materialNotFound } from "./errors.ts";
import type { Material, MaterialState, Materials } from "./materials.ts";

/** A material as a caller names it. */
export interface MaterialName {
  readonly activityId: string;
  readonly materialId: string;
  readonly accountId: string;
}

/** Throws `activity-not-found` unless the account may use the activity. */
export async function requireActivity(
  materials: Materials,
  { activityId, accountId }: Pick<MaterialName, "activityId" | "accountId">,
): Promise<void> {
  if (!(await materials.hasActivity(activityId, accountId))) throw activityNotFound();
}

/** Returns a material of the activity. Throws `activity-not-found` and `material-not-found`. */
export async function requireMaterial(materials: Materials, name: MaterialName): Promise<Material> {
  await requireActivity(materials, name);
  const material = await materials.find(name.materialId);
  if (material?.activityId !== name.activityId) throw materialNotFound();
  return material;
}

/** States in which a material's picture may be fused. */
const APPROVED: readonly MaterialState[] = ["approved", "appeal-approved", "machine-approved"];

/** Throws `material-not-approved` unless a review has let the material through. */
export function requireApproved({ state }: Material): void {
  if (!APPROVED.includes(state)) throw materialNotApproved(state);
}

/** Returns the material's encoded picture. Throws `material-gone`. */
export async function requirePicture(materials: Materials, id: string): Promise<Uint8Array> {
  const picture = await materials.readPicture(id);
  if (picture === undefined) throw materialGone(id);
  return picture;
}
