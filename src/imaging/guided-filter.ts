import { borrowFloats } from "./float-store.ts";
import { loadKernels, reserveBlocks } from "./kernels/kernels.ts";
import type { Plane } from "./plane.ts";

/**
 * Self-guided filter: smooths a plane but keeps edges whose variance exceeds `epsilon` (units of the plane squared).
 * He, Sun & Tang 2010; four box means, cost independent of the radius. The loops are kernels/guided-filter.ts.
 */
export function guidedFilter(plane: Plane, radius: number, epsilon: number): Plane {
  const { width, height, data } = plane;
  const longest = Math.max(width, height) + 2 * radius + 2;
  const [at, planes, scratch] = reserveBlocks(
    data.byteLength,
    3 * (data.byteLength + 32),
    128 * longest,
  ) as [number, number, number];
  const { memory, filterGuided } = loadKernels();
  const lent = new Float32Array(memory.buffer, at, data.length);
  lent.set(data);
  filterGuided(at, width, height, radius, epsilon, planes, scratch);
  const smoothed = borrowFloats(data.length);
  smoothed.set(lent);
  return { width, height, data: smoothed };
}
