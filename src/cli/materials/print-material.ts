import type { Material } from "../../materials/materials.ts";

/** Tells all of a material, a line each. */
export function describeMaterial(material: Material): string {
  const { id, activityId, name, state, auditResult, faces } = material;
  const lines = [
    ["material", id],
    ["activity", activityId],
    ["name", name],
    ["state", auditResult === "" ? state : `${state} (${auditResult})`],
    ...faces.map(({ id: faceId, box }) => [
      "face",
      `${faceId}: ${box.width}x${box.height} px at ${box.x},${box.y}`,
    ]),
  ];
  return lines.map(([label, text]) => `${label!.padEnd(10)}${text}\n`).join("");
}

/** Tells of each material in one line. */
export function listMaterials(materials: readonly Material[]): string {
  const lines = materials.map(({ activityId, id, state, faces, name }) => {
    const count = faces.length === 1 ? "1 face" : `${faces.length} faces`;
    return `${activityId}  ${id}  ${state}  ${count}  ${name}\n`;
  });
  return lines.join("") || "There is no material.\n";
}
