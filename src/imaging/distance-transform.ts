import { loadKernels, reserveBlocks } from "./kernels/kernels.ts";
import type { Plane } from "./plane.ts";

/**
 * Euclidean distance in px from each cell to the nearest cell where `isZero` is true; the world outside the
 * grid counts as zero when `borderIsZero`. Exact, linear time (Felzenszwalb & Huttenlocher 2012). The loops are
 * kernels/distance-transform.ts.
 */
export function distanceTransform(
  size: { readonly width: number; readonly height: number },
  isZero: (index: number) => boolean,
  borderIsZero = true,
): Plane {
  const { width, height } = size;
  const pitch = (width + 3) & ~3;
  const [at, scratch] = reserveBlocks(4 * pitch * height, 24 * (width + 4)) as [number, number];
  const { memory, transformDistances } = loadKernels();
  const cells = new Float32Array(memory.buffer, at, pitch * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let cell = y * pitch; cell < y * pitch + width; cell++, i++)
      cells[cell] = isZero(i) ? 0 : 1;
  }
  transformDistances(at, width, height, pitch, borderIsZero ? 1 : 0, scratch);
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    data.set(cells.subarray(y * pitch, y * pitch + width), y * width);
  }
  return { width, height, data };
}
