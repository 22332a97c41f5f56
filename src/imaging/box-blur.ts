import { borrowFloats } from "./float-store.ts";
import { loadKernels, reserveBlocks } from "./kernels/kernels.ts";
import type { Plane } from "./plane.ts";

/**
 * Mean over a (2r+1)² window with edge values repeated, `passes` times. Running sums: the cost does not depend on r.
 * Three passes come close to a Gaussian (Wells 1986). The loops are kernels/box-blur.ts.
 */
export function boxBlur(plane: Plane, radius: number, passes = 1): Plane {
  if (radius < 1) return plane;
  const { width, height, data } = plane;
  const longest = Math.max(width, height) + 2 * radius + 2;
  const [at, scratch] = reserveBlocks(data.byteLength, 128 * longest) as [number, number];
  const { memory, blurPlane } = loadKernels();
  const lent = new Float32Array(memory.buffer, at, data.length);
  lent.set(data);
  blurPlane(at, width, height, radius, passes, scratch);
  const blurred = borrowFloats(data.length);
  blurred.set(lent);
  return { width, height, data: blurred };
}

/**
 * Approximate Gaussian blur: three box passes, edge values repeated. Three boxes of radius r have the variance r (r + 1);
 * the radius is the whole number nearest to the one that gives sigma².
 */
export function gaussianBlur(plane: Plane, sigma: number): Plane {
  return boxBlur(plane, Math.round((Math.sqrt(1 + 4 * sigma * sigma) - 1) / 2), 3);
}
