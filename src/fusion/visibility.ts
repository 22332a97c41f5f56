import { distanceToUncovered } from "../imaging/distance-transform.ts";
import { rasterizeMesh } from "../imaging/mesh-raster.ts";
import type { Picture } from "../imaging/picture.ts";
import { smoothstep } from "../imaging/scalar.ts";
import { POINT } from "./face-regions.ts";
import { FACE_POINTS, type FaceTopology, frontSignOf } from "./face-topology.ts";
import { boundsOf, faceScale, type Mesh } from "./shape/measure-face.ts";

const SILHOUETTE_RASTER_PX = 150;

/**
 * How well the user's photo shows each mesh point, 0..1: by how much its normal faces the camera, 0 outside the
 * photo, and fading out within a few percent of the face length of the silhouette, where background and hair
 * of a turned head would be picked up.
 */
export function userVisibility(mesh: Mesh, photo: Picture, topology: FaceTopology): Float32Array {
  const normals = pointNormals(mesh, topology);
  const inside = silhouetteDistance(mesh, topology);
  const turned = Math.abs(normals[3 * POINT.noseBridge]!);
  const guard = 0.018 + 0.03 * smoothstep(0.4, 0.9, turned);
  return Float32Array.from({ length: FACE_POINTS }, (_, i) => {
    const x = mesh[3 * i]!;
    const y = mesh[3 * i + 1]!;
    if (x < 0 || y < 0 || x >= photo.width || y >= photo.height) return 0;
    const facing = smoothstep(0.08, 0.62, normals[3 * i + 2]!);
    return facing * smoothstep(guard, guard + 0.06, inside[i]!);
  });
}

/** Area-weighted unit normals of the face points; z is positive towards the viewer. */
function pointNormals(mesh: Mesh, topology: FaceTopology): Float32Array {
  const { triangles } = topology;
  const sign = frontSignOf(mesh, triangles);
  const normals = new Float32Array(3 * FACE_POINTS);
  for (let t = 0; t < triangles.length; t += 3) {
    const normal = triangleNormal(mesh, triangles, t);
    for (let c = 0; c < 3; c++) {
      for (let k = 0; k < 3; k++) normals[3 * triangles[t + c]! + k]! += sign * normal[k]!;
    }
  }
  for (let i = 0; i < normals.length; i += 3) {
    const length = Math.hypot(normals[i]!, normals[i + 1]!, normals[i + 2]!) || 1;
    for (let k = 0; k < 3; k++) normals[i + k]! /= length;
  }
  return normals;
}

function triangleNormal(mesh: Mesh, triangles: Uint16Array, t: number): [number, number, number] {
  const i = 3 * triangles[t]!;
  const j = 3 * triangles[t + 1]!;
  const k = 3 * triangles[t + 2]!;
  const ax = mesh[j]! - mesh[i]!;
  const ay = mesh[j + 1]! - mesh[i + 1]!;
  const az = mesh[j + 2]! - mesh[i + 2]!;
  const bx = mesh[k]! - mesh[i]!;
  const by = mesh[k + 1]! - mesh[i + 1]!;
  const bz = mesh[k + 2]! - mesh[i + 2]!;
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}

/** Distance of each face point from the drawn silhouette, over the face scale. */
function silhouetteDistance(mesh: Mesh, topology: FaceTopology): Float32Array {
  const box = boundsOf(mesh);
  const scale = SILHOUETTE_RASTER_PX / Math.max(box.width, box.height);
  const width = Math.ceil(box.width * scale) + 1;
  const height = Math.ceil(box.height * scale) + 1;
  const offset = [box.x, box.y, 0];
  const points = mesh.map((v, i) => (v - offset[i % 3]!) * scale);
  const raster = rasterizeMesh(
    { points, triangles: topology.triangles, frontSign: 0 },
    width,
    height,
  );
  const distance = distanceToUncovered(raster);
  const unit = faceScale(mesh) * scale;
  return Float32Array.from({ length: FACE_POINTS }, (_, i) => {
    const x = Math.min(width - 1, Math.max(0, Math.floor(points[3 * i]!)));
    const y = Math.min(height - 1, Math.max(0, Math.floor(points[3 * i + 1]!)));
    return distance.data[y * width + x]! / unit;
  });
}
