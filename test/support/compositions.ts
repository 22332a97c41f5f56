import type { Composition } from "../../src/fusion/light/composition.ts";
import type { LightFields } from "../../src/fusion/light/light-fields.ts";
import type { FaceGrid } from "../../src/fusion/skin/face-grid.ts";
import type { FaceZones } from "../../src/fusion/skin/face-zones.ts";
import { createPlane, type Plane, planeFrom } from "../../src/imaging/plane.ts";
import { aFaceLayer } from "./face-layers.ts";
import { noiseSource } from "./planes.ts";

/** Size of a composition made by {@link aComposition}, px, and the side of its grid's cells. */
export interface CompositionSize {
  readonly width: number;
  readonly height: number;
  readonly cellPx: number;
}

/** Random colours, fields and weights of plausible strength, for comparing ways to blend them. */
export function aComposition(
  { width, height, cellPx }: CompositionSize,
  seed: number,
): Composition {
  const next = noiseSource(seed);
  const between = (low: number, high: number): number => low + (high - low) * next();
  const [columns, rows] = [Math.ceil(width / cellPx), Math.ceil(height / cellPx)];
  const plane = (low: number, high: number): Plane =>
    planeFrom(columns, rows, () => between(low, high));
  const light = (): LightFields => ({
    ...{ shiftY: plane(-0.6, 0.9), shiftA: plane(-0.2, 0.2), shiftB: plane(-0.2, 0.2) },
    ...{ baseY: plane(4, 5), baseA: plane(0, 0.4), baseB: plane(-0.4, 0) },
    ...{ middleY: plane(4, 5), relief: plane(-0.1, 0.2) },
  });
  const opponent = (): Float32Array =>
    Float32Array.from({ length: 3 * width * height }, (_, i) =>
      i % 3 === 0 ? between(3, 5.4) : between(-0.4, 0.4),
    );
  const mirrored = opponent();
  // Weights that are often 0, 1 and in between; together at most 1.
  const user = planeFrom(columns, rows, () => Math.min(1, Math.max(0, between(-0.7, 1.7))));
  const rest = planeFrom(columns, rows, (i) => (1 - user.data[i]!) * Math.max(0, between(-1, 1)));
  const drawn = aFaceLayer({
    area: { x: 0, y: 0, width, height },
    scale: Math.max(width, height),
    isCovered: (x, y) => (x * 7 + y * 3) % 11 > 1,
    colourAt: () => [between(0, 255), between(0, 255), between(0, 255)],
  });
  const canvas = {
    ...drawn.canvas,
    user: opponent(),
    template: drawn.rgb,
    drawMirrored: (chosen: Uint8Array) =>
      mirrored.map((value, i) => (chosen[Math.floor(i / 3)] === 0 ? 0 : value)),
  };
  return {
    canvas,
    // What the composition does not read is left out.
    grid: { width: columns, height: rows, cellPx, scale: 30 } as FaceGrid,
    zones: {
      features: plane(0, 1),
      lips: createPlane(columns, rows, 0.3),
      eyeballs: plane(0, 1),
    } as FaceZones,
    weights: { user, mirrored: rest },
    ...{ userLight: light(), mirroredLight: light() },
    constants: {
      ...{ detailGain: 1.2, skinChromaGain: 0.6 },
      ...{ colourfulness: 0.9, highlightLimit: 0.1 },
    },
  };
}
