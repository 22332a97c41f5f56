import { scaleOutline } from "../../src/imaging/fill-polygon.ts";
import type { Picture } from "../../src/imaging/picture.ts";
import type { Plane } from "../../src/imaging/plane.ts";
import { lumaOf, maskOf, ovalIn, windowAround } from "./face-window.ts";
import { faceLength } from "./mesh-measures.ts";

/**
 * Visible seam: mean of max(0, gradient of the result - gradient of the template) of 8-bit luma, over all
 * pixels within 0.06 face lengths of the template's face outline. Gradients are half the difference across
 * 1/75 face length (at least 2 px), so that a seam counts alike in a small and in a large picture of it.
 */
export function seamExcess(result: Picture, template: Picture, mesh: ArrayLike<number>): number {
  const window = windowAround(mesh, 0.1, template);
  const band = bandAlong(ovalIn(window, mesh), 0.06 * faceLength(mesh), window);
  const [a, b] = [lumaOf(result, window), lumaOf(template, window)];
  const reach = Math.max(1, Math.round(faceLength(mesh) / 150));
  let [sum, count] = [0, 0];
  for (let at = 0; at < band.length; at++) {
    if (!band[at]) continue;
    sum += Math.max(0, gradient(a, at, reach) - gradient(b, at, reach));
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** Marks the cells within `radius` px of a closed outline. */
export function bandAlong(
  outline: ArrayLike<number>,
  radius: number,
  size: { readonly width: number; readonly height: number },
): Uint8Array {
  const band = new Uint8Array(size.width * size.height);
  const corners = outline.length / 2;
  for (let i = 0; i < corners; i++) {
    const j = (i + 1) % corners;
    markSegment(band, size, {
      from: [outline[2 * i]!, outline[2 * i + 1]!],
      to: [outline[2 * j]!, outline[2 * j + 1]!],
      radius,
    });
  }
  return band;
}

interface Segment {
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly radius: number;
}

function markSegment(
  band: Uint8Array,
  size: { readonly width: number; readonly height: number },
  { from, to, radius }: Segment,
): void {
  const left = Math.max(0, Math.floor(Math.min(from[0], to[0]) - radius));
  const right = Math.min(size.width - 1, Math.ceil(Math.max(from[0], to[0]) + radius));
  const top = Math.max(0, Math.floor(Math.min(from[1], to[1]) - radius));
  const bottom = Math.min(size.height - 1, Math.ceil(Math.max(from[1], to[1]) + radius));
  const [ux, uy] = [to[0] - from[0], to[1] - from[1]];
  const squared = Math.max(ux * ux + uy * uy, 1e-9);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const [px, py] = [x + 0.5 - from[0], y + 0.5 - from[1]];
      const t = Math.min(1, Math.max(0, (px * ux + py * uy) / squared));
      if (Math.hypot(px - t * ux, py - t * uy) <= radius) band[y * size.width + x] = 1;
    }
  }
}

function gradient({ width, height, data }: Plane, at: number, reach: number): number {
  const x = at % width;
  const y = (at - x) / width;
  const row = y * width;
  const dx = data[row + Math.min(x + reach, width - 1)]! - data[row + Math.max(x - reach, 0)]!;
  const below = Math.min(y + reach, height - 1) * width + x;
  const above = Math.max(y - reach, 0) * width + x;
  return Math.hypot(dx, data[below]! - data[above]!) / 2;
}

/**
 * Sharpness of the result's face over the template's: ratio of the root mean square of the 4-neighbour
 * Laplacian of luma inside the face outline scaled by 0.85.
 */
export function sharpnessRatio(
  result: Picture,
  template: Picture,
  mesh: ArrayLike<number>,
): number {
  const window = windowAround(mesh, 0.05, template);
  const inside = maskOf(window, [scaleOutline(ovalIn(window, mesh), 0.85)]).data;
  const energy = (plane: Plane): number => {
    let [sum, count] = [0, 0];
    for (let y = 1; y + 1 < plane.height; y++) {
      for (let x = 1; x + 1 < plane.width; x++) {
        const at = y * plane.width + x;
        if (!inside[at]) continue;
        sum += laplacian(plane, at) ** 2;
        count++;
      }
    }
    return Math.sqrt(sum / Math.max(1, count));
  };
  return energy(lumaOf(result, window)) / Math.max(energy(lumaOf(template, window)), 1e-6);
}

function laplacian({ data, width }: Plane, at: number): number {
  return 4 * data[at]! - data[at - 1]! - data[at + 1]! - data[at - width]! - data[at + width]!;
}
