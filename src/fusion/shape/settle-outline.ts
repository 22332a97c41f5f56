import { smoothstep } from "../../imaging/scalar.ts";
import { FACE_POINTS, type FaceTopology } from "../face-topology.ts";
import { silhouetteEdges } from "../silhouette.ts";
import { faceScale, type Mesh } from "./measure-face.ts";

/** Edges from the oval within which a silhouette is the face's own, not the nose's or the mouth's. */
const OUTLINE_HOPS = 4;
/** Rings of points inside the outline that follow it, each by this share of the ring before. */
const RINGS = 3;
const SHARE = 0.6;
/**
 * What the landmarks of one face differ by when they are found twice, across the outline: over the face scale, and in px for small
 * faces. Less than the first number is error, more than the second two people's difference.
 */
const ERROR = { share: [0.0015, 0.0055], px: [0.5, 1] } as const;

/**
 * Takes out of the offsets (x y z per point, px) what moves the template's hair, ears and background without giving the face
 * another shape: what only slides along the template's outline on the screen, since nothing on a jaw or a forehead
 * tells landmarks where along it they lie, and what is smaller than the landmarks' own error.
 */
export function settleOutline(offsets: Float32Array, template: Mesh, topology: FaceTopology): void {
  const normals = outlineNormals(template, topology);
  const scale = faceScale(template);
  const [error, difference] = [0, 1].map((i) => Math.max(ERROR.share[i]! * scale, ERROR.px[i]!));
  const change = new Float32Array(2 * FACE_POINTS);
  for (const [i, [nx, ny]] of normals) {
    const across = nx * offsets[3 * i]! + ny * offsets[3 * i + 1]!;
    const kept = across * smoothstep(error!, difference!, Math.abs(across));
    change[2 * i] = kept * nx - offsets[3 * i]!;
    change[2 * i + 1] = kept * ny - offsets[3 * i + 1]!;
  }
  let ring: readonly number[] = [...normals.keys()];
  const done = new Set<number>(ring);
  for (let round = 0; round < RINGS; round++) {
    const next = new Set(ring.flatMap((i) => topology.neighbours[i]!).filter((i) => !done.has(i)));
    for (const i of next) followDone(change, i, topology.neighbours[i]!, done);
    for (const i of next) done.add(i);
    ring = [...next];
  }
  for (let i = 0; i < FACE_POINTS; i++) {
    offsets[3 * i]! += change[2 * i]!;
    offsets[3 * i + 1]! += change[2 * i + 1]!;
  }
}

/** Gives a point a share of its outer neighbours' mean change. */
function followDone(
  change: Float32Array,
  point: number,
  neighbours: readonly number[],
  done: ReadonlySet<number>,
): void {
  const outer = neighbours.filter((j) => done.has(j));
  for (const k of [0, 1]) {
    const sum = outer.reduce((total, j) => total + change[2 * j + k]!, 0);
    change[2 * point + k] = (SHARE * sum) / outer.length;
  }
}

/** Unit vectors across the outline on the screen, by outline point. */
function outlineNormals(
  template: Mesh,
  topology: FaceTopology,
): Map<number, readonly [number, number]> {
  const normals = new Map<number, readonly [number, number]>();
  for (const edge of silhouetteEdges(template, topology)) {
    if (edge.some((i) => topology.hopsFromOval[i]! > OUTLINE_HOPS)) continue;
    const [from, to] = edge;
    const [dx, dy] = [0, 1].map((k) => template[3 * to + k]! - template[3 * from + k]!);
    for (const i of edge) {
      const [nx, ny] = normals.get(i) ?? [0, 0];
      normals.set(i, [nx + dy!, ny - dx!]);
    }
  }
  for (const [i, [x, y]] of normals) {
    const length = Math.hypot(x, y);
    if (length < 1e-6) normals.delete(i);
    else normals.set(i, [x / length, y / length]);
  }
  return normals;
}
