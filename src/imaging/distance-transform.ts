import { borrowFloats } from "./float-store.ts";
import { loadKernels, reserveBlocks } from "./kernels/kernels.ts";
import type { MeshRaster } from "./mesh-raster.ts";
import type { Plane } from "./plane.ts";

/**
 * Euclidean distance in px from each cell to the nearest cell where `isZero` is true; the world outside the
 * grid counts as zero when `borderIsZero`. Exact, linear time (Felzenszwalb & Huttenlocher 2012). The loops are
 * kernels/distance-transform.ts.
 */
export function distanceTransform(
  size: PlaneSize,
  isZero: (index: number) => boolean,
  borderIsZero = true,
): Plane {
  return transform(size, borderIsZero, (cells, pitch) => {
    for (let y = 0, i = 0; y < size.height; y++) {
      const end = y * pitch + size.width;
      for (let cell = y * pitch; cell < end; cell++, i++) cells[cell] = isZero(i) ? 0 : 1;
    }
  });
}

/**
 * The same to the nearest cell above a threshold, or to the nearest one that is not; the world outside does not count.
 */
export function distanceToMask(mask: Plane, threshold: number, isToRest: boolean): Plane {
  const { width, height, data } = mask;
  const [above, rest] = isToRest ? [1, 0] : [0, 1];
  return transform(mask, false, (cells, pitch) => {
    for (let y = 0, i = 0; y < height; y++) {
      const end = y * pitch + width;
      for (let cell = y * pitch; cell < end; cell++, i++) {
        cells[cell] = data[i]! > threshold ? above : rest;
      }
    }
  });
}

/** The same from each pixel of a drawn mesh to the nearest one that no triangle covers. */
export function distanceToUncovered(raster: MeshRaster, borderIsZero = true): Plane {
  const { width, height, triangle } = raster;
  return transform(raster, borderIsZero, (cells, pitch, rowAt) => {
    const { memory, markCovered } = loadKernels();
    const row = new Int16Array(memory.buffer, rowAt, width);
    for (let y = 0; y < height; y++) {
      row.set(triangle.subarray(y * width, (y + 1) * width));
      markCovered(rowAt, pitch, cells.byteOffset + 4 * y * pitch);
    }
  });
}

interface PlaneSize {
  readonly width: number;
  readonly height: number;
}

/** Lets `fill` write 0 and 1 into rows of `pitch` cells, with room for one row of 16-bit numbers, and transforms them. */
function transform(
  { width, height }: PlaneSize,
  borderIsZero: boolean,
  fill: (cells: Float32Array, pitch: number, rowAt: number) => void,
): Plane {
  const pitch = (width + 3) & ~3;
  const [at, scratch] = reserveBlocks(4 * pitch * height, 24 * (width + 4)) as [number, number];
  const { memory, transformDistances } = loadKernels();
  const cells = new Float32Array(memory.buffer, at, pitch * height);
  fill(cells, pitch, scratch);
  transformDistances(at, width, height, pitch, borderIsZero ? 1 : 0, scratch);
  const data = borrowFloats(width * height);
  for (let y = 0; y < height; y++) {
    data.set(cells.subarray(y * pitch, y * pitch + width), y * width);
  }
  return { width, height, data };
}
