import { borrowFloats, borrowZeros, returnFloats } from "./float-store.ts";

/** Which triangle covers each pixel of a window, and where in it. */
export interface MeshRaster {
  readonly width: number;
  readonly height: number;
  /** Index of the nearest covering triangle, or -1. */
  readonly triangle: Int16Array;
  /** Barycentric weights of the triangle's first and second corner; the third is the rest. */
  readonly weight0: Float32Array;
  readonly weight1: Float32Array;
}

/** A mesh to be drawn: x y z interleaved in window pixels (z smaller = nearer), corners by threes. */
export interface DrawnMesh {
  readonly points: ArrayLike<number>;
  readonly triangles: ArrayLike<number>;
  /** Sign of the screen area of triangles that face the viewer; the others are not drawn. 0 draws all. */
  readonly frontSign: number;
}

/** Draws a triangle mesh with a z-buffer; a pixel belongs to a triangle when its centre lies inside or on an edge. */
export function rasterizeMesh(mesh: DrawnMesh, width: number, height: number): MeshRaster {
  const raster: MeshRaster = {
    width,
    height,
    triangle: new Int16Array(width * height).fill(-1),
    weight0: borrowZeros(width * height),
    weight1: borrowZeros(width * height),
  };
  const depth = borrowFloats(width * height).fill(Infinity);
  for (let t = 0; t < mesh.triangles.length / 3; t++) drawTriangle(mesh, t, raster, depth);
  returnFloats(depth);
  return raster;
}

function drawTriangle(mesh: DrawnMesh, t: number, raster: MeshRaster, depth: Float32Array): void {
  const { points, triangles, frontSign } = mesh;
  const i = 3 * triangles[3 * t]!;
  const j = 3 * triangles[3 * t + 1]!;
  const k = 3 * triangles[3 * t + 2]!;
  const x0 = points[i]!;
  const y0 = points[i + 1]!;
  const x1 = points[j]!;
  const y1 = points[j + 1]!;
  const x2 = points[k]!;
  const y2 = points[k + 1]!;
  const area = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0);
  if (!isShown(area, frontSign)) return;
  const z0 = points[i + 2]!;
  const z1 = points[j + 2]!;
  const z2 = points[k + 2]!;
  const top = Math.max(0, Math.ceil(Math.min(y0, y1, y2) - 0.5));
  const bottom = Math.min(raster.height - 1, Math.floor(Math.max(y0, y1, y2) - 0.5));
  const left = Math.max(0, Math.ceil(Math.min(x0, x1, x2) - 0.5));
  const right = Math.min(raster.width - 1, Math.floor(Math.max(x0, x1, x2) - 0.5));
  const step0 = (y1 - y2) / area;
  const step1 = (y2 - y0) / area;
  for (let y = top; y <= bottom; y++) {
    const py = y + 0.5;
    let w0 = ((x1 - (left + 0.5)) * (y2 - py) - (x2 - (left + 0.5)) * (y1 - py)) / area;
    let w1 = ((x2 - (left + 0.5)) * (y0 - py) - (x0 - (left + 0.5)) * (y2 - py)) / area;
    let wasInside = false;
    for (let x = left; x <= right; x++, w0 += step0, w1 += step1) {
      const isInside = isWithin(w0, w1);
      // A row of a triangle is one piece.
      if (!isInside && wasInside) break;
      wasInside = isInside;
      const at = y * raster.width + x;
      const z = w0 * z0 + w1 * z1 + (1 - w0 - w1) * z2;
      if (!isInside || z >= depth[at]!) continue;
      depth[at] = z;
      raster.triangle[at] = t;
      raster.weight0[at] = w0;
      raster.weight1[at] = w1;
    }
  }
}

/** Whether a triangle of this screen area has any, and faces the viewer where that is asked. */
function isShown(area: number, frontSign: number): boolean {
  return Math.abs(area) >= 1e-9 && area * frontSign >= 0;
}

/** Whether a place with these barycentric weights lies in its triangle, edges included. */
function isWithin(w0: number, w1: number): boolean {
  return w0 >= -1e-6 && w1 >= -1e-6 && 1 - w0 - w1 >= -1e-6;
}
