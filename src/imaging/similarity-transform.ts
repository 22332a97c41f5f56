/** A 3D similarity: x' = scale * R x + t. */
export interface Similarity {
  readonly scale: number;
  /** Row-major 3x3 rotation. */
  readonly rotation: readonly number[];
  readonly translation: readonly [number, number, number];
}

/**
 * Least-squares similarity that maps points of `from` to those of `to` (x y z interleaved) at the given indices.
 * Unit quaternion from the largest eigenvector of Horn's 4x4 matrix (Horn 1987), by shifted power iteration.
 */
export function fitSimilarity(
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  indices: readonly number[],
): Similarity {
  const a = centroid(from, indices);
  const b = centroid(to, indices);
  const m = new Float64Array(9);
  let spreadFrom = 0;
  let spreadTo = 0;
  for (const i of indices) {
    for (let r = 0; r < 3; r++) {
      const p = from[3 * i + r]! - a[r]!;
      const q = to[3 * i + r]! - b[r]!;
      spreadFrom += p * p;
      spreadTo += q * q;
      for (let c = 0; c < 3; c++) m[3 * r + c]! += p * (to[3 * i + c]! - b[c]!);
    }
  }
  const rotation = rotationFromQuaternion(largestEigenvector(hornMatrix(m)));
  const scale = Math.sqrt(spreadTo / Math.max(spreadFrom, 1e-12));
  const turned = rotate(rotation, a);
  return {
    scale,
    rotation,
    translation: [b[0] - scale * turned[0], b[1] - scale * turned[1], b[2] - scale * turned[2]],
  };
}

/** Maps all points (x y z interleaved) by a similarity. */
export function applySimilarity(points: ArrayLike<number>, s: Similarity): Float32Array {
  const out = new Float32Array(points.length);
  for (let i = 0; i < points.length; i += 3) {
    const p = rotate(s.rotation, [points[i]!, points[i + 1]!, points[i + 2]!]);
    for (let k = 0; k < 3; k++) out[i + k] = s.scale * p[k]! + s.translation[k]!;
  }
  return out;
}

type Vector3 = [number, number, number];

function centroid(points: ArrayLike<number>, indices: readonly number[]): Vector3 {
  const sum: Vector3 = [0, 0, 0];
  for (const i of indices) for (let k = 0; k < 3; k++) sum[k]! += points[3 * i + k]!;
  return [sum[0] / indices.length, sum[1] / indices.length, sum[2] / indices.length];
}

function hornMatrix(m: Float64Array): number[] {
  const [a, b, c, d, e, f, g, h, i] = Array.from(m) as [
    ...[number, number, number],
    ...[number, number, number],
    ...[number, number, number],
  ];
  return [
    ...[a + e + i, f - h, g - c, b - d],
    ...[f - h, a - e - i, b + d, g + c],
    ...[g - c, b + d, -a + e - i, f + h],
    ...[b - d, g + c, f + h, -a - e + i],
  ];
}

function largestEigenvector(n: number[]): number[] {
  let shift = 0;
  for (const v of n) shift += v * v;
  shift = Math.sqrt(shift);
  let q = [1, 0.01, 0.01, 0.01];
  for (let round = 0; round < 300; round++) {
    const next = [0, 1, 2, 3].map(
      (r) => shift * q[r]! + [0, 1, 2, 3].reduce((sum, c) => sum + n[4 * r + c]! * q[c]!, 0),
    );
    const length = Math.hypot(...next) || 1;
    q = next.map((v) => v / length);
  }
  return q;
}

function rotationFromQuaternion(q: number[]): number[] {
  const [w, x, y, z] = [q[0]!, q[1]!, q[2]!, q[3]!];
  return [
    ...[w * w + x * x - y * y - z * z, 2 * (x * y - w * z), 2 * (x * z + w * y)],
    ...[2 * (x * y + w * z), w * w - x * x + y * y - z * z, 2 * (y * z - w * x)],
    ...[2 * (x * z - w * y), 2 * (y * z + w * x), w * w - x * x - y * y + z * z],
  ];
}

function rotate(r: readonly number[], p: Vector3): Vector3 {
  return [
    r[0]! * p[0] + r[1]! * p[1] + r[2]! * p[2],
    r[3]! * p[0] + r[4]! * p[1] + r[5]! * p[2],
    r[6]! * p[0] + r[7]! * p[1] + r[8]! * p[2],
  ];
}
