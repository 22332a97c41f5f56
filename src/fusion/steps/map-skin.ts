import type { FaceWork } from "../fusion-work.ts";
import { reduceToGrid } from "../skin/face-grid.ts";
import { drawFaceZones } from "../skin/face-zones.ts";
import { refineFront } from "../skin/front-matte.ts";
import { findOccluders } from "../skin/occluders.ts";
import type { Step } from "../step.ts";

/** Tells bare skin from what hides it. */
export const mapSkin: Step<FaceWork> = {
  name: "map-skin",
  describe:
    "Tells skin from hair, glasses, shadows and background: the user's are not pasted, the template's stay in front.",
  run(work) {
    work.grid = reduceToGrid(work.canvas, work.topology);
    work.zones = drawFaceZones(work.grid, work.topology);
    const isBold = work.tuning.keepCoveredMouth;
    const { grid, zones } = work;
    const occluders = findOccluders(grid, zones, isBold);
    const isBearded = occluders.isTemplateBearded;
    work.front = refineFront(work.canvas, { grid, zones, isBearded, isBold }, occluders.template);
    work.occluders = occluders;
  },
};
