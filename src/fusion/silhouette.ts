import { type FaceTopology, frontSignOf, screenArea } from "./face-topology.ts";
import type { Mesh } from "./shape/measure-face.ts";

/** An edge of the mesh by its two points, in the order in which the triangle that faces the viewer has them. */
export type MeshEdge = readonly [from: number, to: number];

/**
 * Edges of the mesh (478 points x y z, px) between a triangle that faces the viewer and none or one that faces away: the
 * outline of the face on the screen, of a turned nose, and of the open mouth.
 */
export function silhouetteEdges(mesh: Mesh, { triangles }: FaceTopology): MeshEdge[] {
  const sign = frontSignOf(mesh, triangles);
  const facing = new Map<number, { readonly edge: MeshEdge; count: number }>();
  for (let t = 0; t < triangles.length / 3; t++) {
    if (screenArea(mesh, triangles, t) * sign <= 0) continue;
    for (let c = 0; c < 3; c++) {
      const i = triangles[3 * t + c]!;
      const j = triangles[3 * t + (c === 2 ? 0 : c + 1)]!;
      const key = Math.min(i, j) * 1024 + Math.max(i, j);
      const known = facing.get(key);
      if (known) known.count++;
      else facing.set(key, { edge: [i, j], count: 1 });
    }
  }
  return [...facing.values()].filter(({ count }) => count === 1).map(({ edge }) => edge);
}
