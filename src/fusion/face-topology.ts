import type { CanonicalFace } from "../faces/canonical-face.ts";
import { LIPS_INNER, LIPS_OUTER, OVAL } from "./face-regions.ts";

/** Number of mesh points that carry triangles; the irises do not. */
export const FACE_POINTS = 468;

/** How the mesh hangs together; the same for every face. */
export interface FaceTopology {
  /** Corners of all triangles by threes, eyes and mouth filled. */
  readonly triangles: Uint16Array;
  /** 1 for the triangles between the lips' inner contours. */
  readonly isMouthInterior: Uint8Array;
  /** The point on the other side of the face, for each point; an involution. */
  readonly mirror: Uint16Array;
  readonly neighbours: readonly (readonly number[])[];
  /** Edges from each point to the nearest point of the face outline, 0 on it. */
  readonly hopsFromOval: Uint8Array;
  /** Edges from each point to the nearest point of the lips, 0 on them. */
  readonly hopsFromLips: Uint8Array;
}

/** Derives the topology from the canonical face geometry. */
export function createFaceTopology(canonical: CanonicalFace): FaceTopology {
  const triangles = Uint16Array.from(canonical.triangles);
  const neighbours = neighboursOf(triangles);
  const inner = new Set<number>(LIPS_INNER);
  const isMouthInterior = Uint8Array.from({ length: triangles.length / 3 }, (_, t) =>
    [0, 1, 2].every((c) => inner.has(triangles[3 * t + c]!)) ? 1 : 0,
  );
  return {
    triangles,
    isMouthInterior,
    mirror: mirrorOf(canonical.uvs),
    neighbours,
    hopsFromOval: hopsFrom(OVAL, neighbours),
    hopsFromLips: hopsFrom([...LIPS_OUTER, ...LIPS_INNER], neighbours),
  };
}

function neighboursOf(triangles: Uint16Array): number[][] {
  const sets = Array.from({ length: FACE_POINTS }, () => new Set<number>());
  for (let t = 0; t < triangles.length; t += 3) {
    for (let c = 0; c < 3; c++) {
      const from = triangles[t + c]!;
      sets[from]!.add(triangles[t + ((c + 1) % 3)]!);
      sets[from]!.add(triangles[t + ((c + 2) % 3)]!);
    }
  }
  return sets.map((set) => [...set]);
}

/** The canonical texture map is symmetric about u = 0.5: the mirror of a point is the one nearest to (1 - u, v). */
function mirrorOf(uvs: Float32Array): Uint16Array {
  return Uint16Array.from({ length: FACE_POINTS }, (_, i) => {
    let best = i;
    let bestDistance = Infinity;
    for (let j = 0; j < FACE_POINTS; j++) {
      const distance = Math.hypot(uvs[2 * j]! - 1 + uvs[2 * i]!, uvs[2 * j + 1]! - uvs[2 * i + 1]!);
      if (distance < bestDistance) [best, bestDistance] = [j, distance];
    }
    return best;
  });
}

function hopsFrom(
  start: readonly number[],
  neighbours: readonly (readonly number[])[],
): Uint8Array {
  const hops = new Uint8Array(FACE_POINTS).fill(255);
  let front: readonly number[] = start;
  for (let distance = 0; front.length > 0; distance++) {
    for (const point of front) hops[point] = distance;
    front = [...new Set(front.flatMap((point) => neighbours[point]!))].filter(
      (point) => hops[point] === 255,
    );
  }
  return hops;
}

/** Sign of the screen area of triangles that face the viewer: that of most triangles of the mesh. */
export function frontSignOf(points: ArrayLike<number>, triangles: Uint16Array): number {
  let votes = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    votes += Math.sign(screenArea(points, triangles, t / 3));
  }
  return votes >= 0 ? 1 : -1;
}

/** Twice the signed screen area of triangle t. */
export function screenArea(points: ArrayLike<number>, triangles: Uint16Array, t: number): number {
  const [i, j, k] = [3 * triangles[3 * t]!, 3 * triangles[3 * t + 1]!, 3 * triangles[3 * t + 2]!];
  return (
    (points[j]! - points[i]!) * (points[k + 1]! - points[i + 1]!) -
    (points[k]! - points[i]!) * (points[j + 1]! - points[i + 1]!)
  );
}
