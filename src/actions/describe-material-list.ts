import { z } from "zod";
import { AppError } from "../base/app-error.ts";
import type { Material, MaterialState, Materials } from "../materials/materials.ts";
import { requireActivity, requireMaterial } from "../materials/require-material.ts";
import type { AnswerValue } from "../protocol/envelope.ts";
import type { Action } from "./action.ts";

/** All parameters of DescribeMaterialList, 2022-09-27. */
const DESCRIBE_MATERIAL_LIST_PARAMETERS = z.strictObject({
  ActivityId: z.string(),
  MaterialId: z.string().optional(),
  Limit: z.int().optional(),
  Offset: z.int().optional(),
});

type Parameters = z.infer<typeof DESCRIBE_MATERIAL_LIST_PARAMETERS>;

/** Most materials of one answer, and as many as a call that does not say. */
const MAX_LIMIT = 20;

/** Makes the action `DescribeMaterialList`: what an activity's materials are and which faces they have. */
export function createDescribeMaterialList(parts: {
  readonly materials: Materials;
}): Action<typeof DESCRIBE_MATERIAL_LIST_PARAMETERS> {
  return {
    name: "DescribeMaterialList",
    version: "2022-09-27",
    isFree: true,
    parameters: DESCRIBE_MATERIAL_LIST_PARAMETERS,
    async run(parameters, { accountId }) {
      const { materials, count } = await listFor(parameters, parts.materials, accountId);
      return {
        members: { MaterialInfos: materials.map(materialInfo), Count: count },
        facts: { materials: materials.length },
      };
    },
  };
}

async function listFor(
  { ActivityId: activityId, MaterialId, Limit, Offset }: Parameters,
  materials: Materials,
  accountId: string,
): Promise<{ readonly materials: readonly Material[]; readonly count: number }> {
  const limit = inRange(Limit ?? MAX_LIMIT, { min: 1, max: MAX_LIMIT });
  const offset = inRange(Offset ?? 0, { min: 0, max: Number.MAX_SAFE_INTEGER });
  if (MaterialId) {
    const one = await requireMaterial(materials, { activityId, materialId: MaterialId, accountId });
    return { materials: [one], count: 1 };
  }
  await requireActivity(materials, { activityId, accountId });
  return materials.list({ activityId, limit, offset });
}

function inRange(value: number, range: { readonly min: number; readonly max: number }): number {
  if (value >= range.min && value <= range.max) return value;
  throw new AppError("field-value-invalid", `Limit is 1 to ${MAX_LIMIT}, Offset not negative.`);
}

/** The wire's numbers of the states. */
const STATUS: Readonly<Record<MaterialState, number>> = {
  "in-review": 0,
  approved: 1,
  rejected: 2,
  appealed: 3,
  "appeal-approved": 11,
  "appeal-rejected": 12,
  "machine-approved": 21,
  "machine-rejected": 22,
  "video-usable": 31,
  "video-unusable": 32,
  "role-not-in-video": 33,
};

function materialInfo(material: Material): AnswerValue {
  return {
    MaterialId: material.id,
    MaterialStatus: STATUS[material.state],
    CreateTime: wireTime(material.createdAtMs),
    UpdateTime: wireTime(material.updatedAtMs),
    MaterialFaceList: material.faces.map(({ id, box }) => ({
      FaceId: id,
      FaceInfo: { X: box.x, Y: box.y, Width: box.width, Height: box.height },
    })),
    MaterialName: material.name,
    AuditResult: material.auditResult,
  };
}

const BEIJING_MS = 8 * 3_600_000;

/** Writes `2022-11-29 18:46:34`, in Beijing time as the original's console shows it. */
function wireTime(unixMs: number): string {
  return new Date(unixMs + BEIJING_MS).toISOString().slice(0, 19).replace("T", " ");
}
