import { MESH_POINTS } from "../../src/faces/face.ts";
import type { FaceCanvas } from "../../src/fusion/face-canvas.ts";
import { type FaceLayer, lumaOf } from "../../src/fusion/face-layer.ts";
import { POINT } from "../../src/fusion/face-regions.ts";
import type { Rect } from "../../src/imaging/picture.ts";
import { createPlane } from "../../src/imaging/plane.ts";

/** What a drawn layer shows. */
export interface LayerPlan {
  /** Its window of the picture. */
  readonly area: Rect;
  /** Length of the face in px, the unit of all radii. */
  readonly scale: number;
  /** Which pixels of the window the face covers; all by default. */
  readonly isCovered?: (x: number, y: number) => boolean;
  readonly colourAt: (x: number, y: number) => readonly [number, number, number];
  readonly featureAt?: (x: number, y: number) => number;
}

/** A layer drawn by rule, for operations on pixels; its mesh has a length and nothing else. */
export function aFaceLayer(plan: LayerPlan): FaceLayer {
  const { area, scale } = plan;
  const { width, height } = area;
  const at = (i: number): [number, number] => [i % width, Math.floor(i / width)];
  const mesh = new Float32Array(3 * MESH_POINTS);
  mesh[3 * POINT.chin + 1] = scale;
  const isCovered = plan.isCovered ?? (() => true);
  const canvas: FaceCanvas = {
    ...{ area, width, height, mesh },
    raster: {
      ...{ width, height },
      triangle: Int16Array.from({ length: width * height }, (_, i) =>
        isCovered(...at(i)) ? 0 : -1,
      ),
      weight0: createPlane(width, height, 1 / 3).data,
      weight1: createPlane(width, height, 1 / 3).data,
    },
    user: new Float32Array(3 * width * height),
    mirrored: new Float32Array(3 * width * height),
    drawMirrored: () => new Float32Array(3 * width * height),
    template: new Float32Array(3 * width * height),
    visibility: new Float32Array(MESH_POINTS).fill(1),
  };
  const pixels = Array.from({ length: width * height }, (_, i) => i);
  const colours = Float32Array.from(pixels.flatMap((i) => [...plan.colourAt(...at(i))]));
  return {
    canvas,
    rgb: colours,
    feature: Float32Array.from(pixels, (i) => plan.featureAt?.(...at(i)) ?? 0),
    template: colours.slice(),
    interior: Float32Array.from(pixels, (i) => (isCovered(...at(i)) ? 1 : 0)),
    plainLuma: lumaOf(colours, area),
  };
}
