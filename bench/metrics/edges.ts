import { scaleOutline } from "../../src/imaging/fill-polygon.ts";
import type { Picture } from "../../src/imaging/picture.ts";
import { createPlane, type Plane } from "../../src/imaging/plane.ts";
import { lumaOf, maskOf, ovalIn, windowAround } from "./face-window.ts";
import { faceLength } from "./mesh-measures.ts";

/** How much stronger than the template's the result's edges are along the face outline; 8-bit luma. */
export interface SeamExcess {
  /** Mean of max(0, gradient of the result - gradient of the template), levels per pixel. */
  readonly seam: number;
  /**
   * The same against the template's strongest gradient within 0.02 face lengths: an edge of the template (hair,
   * jaw, ear) that moved a little with the face's outline does not count, a new edge does. Gradients are half the
   * difference across 1/75 face length (at least 2 px), so that it counts alike in small and large pictures.
   */
  readonly newEdge: number;
}

/** How far an edge of the template may have moved and still be the same edge, in face lengths. */
const MOVED = 0.02;

/**
 * Visible seam in a band of 0.06 face lengths to both sides of the template's face outline.
 */
export function seamExcess(
  result: Picture,
  template: Picture,
  mesh: ArrayLike<number>,
): SeamExcess {
  const length = faceLength(mesh);
  const window = windowAround(mesh, 0.1, template);
  const band = bandAlong(ovalIn(window, mesh), 0.06 * length, window);
  const reach = Math.max(1, Math.round(length / 150));
  const [luma, lumaBefore] = [lumaOf(result, window), lumaOf(template, window)];
  const [fine, fineBefore] = [gradients(luma, 1), gradients(lumaBefore, 1)];
  const own = gradients(luma, reach);
  const before = gradients(lumaBefore, reach);
  const strongest = maximumFilter(before, Math.max(1, Math.round(MOVED * length)));
  let [seam, newEdge, count] = [0, 0, 0];
  for (let at = 0; at < band.length; at++) {
    if (!band[at]) continue;
    seam += Math.max(0, fine.data[at]! - fineBefore.data[at]!);
    newEdge += Math.max(0, own.data[at]! - strongest.data[at]!);
    count++;
  }
  const pixels = Math.max(1, count);
  return { seam: seam / pixels, newEdge: newEdge / pixels };
}

/** Largest value in a square of `radius` cells around each cell, in time that does not depend on the radius (van Herk 1992). */
export function maximumFilter(plane: Plane, radius: number): Plane {
  const { width, height } = plane;
  const rows = createPlane(width, height);
  const out = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    filterLine(plane.data, rows.data, { start: y * width, step: 1, length: width, radius });
  }
  for (let x = 0; x < width; x++) {
    filterLine(rows.data, out.data, { start: x, step: width, length: height, radius });
  }
  return out;
}

function filterLine(
  from: Float32Array,
  to: Float32Array,
  line: {
    readonly start: number;
    readonly step: number;
    readonly length: number;
    readonly radius: number;
  },
): void {
  const { start, step, length, radius } = line;
  const size = 2 * radius + 1;
  const padded = new Float32Array(length + 2 * radius).fill(-Infinity);
  for (let i = 0; i < length; i++) padded[i + radius] = from[start + i * step]!;
  const forward = padded.slice();
  const backward = padded.slice();
  for (let i = 1; i < padded.length; i++) {
    if (i % size !== 0) forward[i] = Math.max(forward[i]!, forward[i - 1]!);
  }
  for (let i = padded.length - 2; i >= 0; i--) {
    if ((i + 1) % size !== 0) backward[i] = Math.max(backward[i]!, backward[i + 1]!);
  }
  for (let i = 0; i < length; i++) {
    to[start + i * step] = Math.max(backward[i]!, forward[i + size - 1]!);
  }
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

function gradients({ width, height, data }: Plane, reach: number): Plane {
  const out = createPlane(width, height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    const above = Math.max(y - reach, 0) * width;
    const below = Math.min(y + reach, height - 1) * width;
    for (let x = 0; x < width; x++) {
      const dx = data[row + Math.min(x + reach, width - 1)]! - data[row + Math.max(x - reach, 0)]!;
      out.data[row + x] = Math.hypot(dx, data[below + x]! - data[above + x]!) / 2;
    }
  }
  return out;
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
