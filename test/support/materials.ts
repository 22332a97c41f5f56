import type { NewMaterial } from "../../src/materials/materials.ts";

/** A material for tests of the store and the wire; its picture is no picture. */
export function aMaterial(change: Partial<NewMaterial> = {}): NewMaterial {
  return {
    picture: Buffer.from("a picture"),
    format: "jpeg",
    activityId: "at_1",
    name: "poster",
    state: "in-review",
    faceBoxes: [
      { x: 10, y: 20, width: 100, height: 120 },
      { x: 200, y: 20, width: 90, height: 110 },
    ],
    ...change,
  };
}

/** A material that may be fused. */
export const APPROVED_MATERIAL: NewMaterial = aMaterial({ id: "mt_1", state: "approved" });
