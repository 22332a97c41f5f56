import { labFromRgb } from "../../bench/metrics/lab.ts";
import { LIPS_INNER, LIPS_OUTER } from "../../src/fusion/face-regions.ts";
import type { Picture } from "../../src/imaging/picture.ts";

/** What is kept of a result: small enough for the repository, and no picture of anybody. */
export interface Signature {
  /** Lab of 48x48 blocks over the face, three bytes each: L * 2.55, 128 + 2a, 128 + 2b; base64. */
  readonly colours: string;
  /** Root mean square Laplacian of luma in 12x12 blocks, bytes of 24 log2(4 + x); base64. */
  readonly detail: string;
  /** x y of the 478 points that the finder sees, eighths of a px, 16 bits little-endian; base64. */
  readonly points: string;
}

/** How far two signatures are apart. */
export interface SignatureDifference {
  /** Mean CIE 1976 difference of the blocks. */
  readonly colour: number;
  /** The largest mean of a 4x4 neighbourhood of blocks: a patch. */
  readonly patch: number;
  /** Mean difference of the detail blocks, in factors of two. */
  readonly detail: number;
  /** Mean distance of the points, and of those of the lips after the mean of all is taken away; px. */
  readonly points: number;
  readonly lips: number;
}

/**
 * The most that a result may differ from its reference. Other SIMD widths round a result's levels by one and the networks' points
 * by some hundredths of a px, and a spot of skin that just counts as hidden may count as seen; golden.test.ts shows that
 * this stays within and that a cast of 4 levels, a patch of 8, a mouth moved by 2 px and a missing step do not.
 */
export const TOLERANCE: SignatureDifference = {
  colour: 0.45,
  patch: 3.5,
  detail: 0.04,
  points: 0.6,
  lips: 0.6,
};

/** The middle of a portrait in which all that is fused lies, as shares of its side. */
const REGION = { from: 0.18, to: 0.82 } as const;
const BLOCKS = 48;
const DETAIL_BLOCKS = 12;

/** Takes the signature of a square portrait and the points seen in it. */
export function signatureOf(picture: Picture, mesh: ArrayLike<number>): Signature {
  const points = new Uint8Array(2 * 2 * (mesh.length / 3));
  const view = new DataView(points.buffer);
  for (let i = 0; i < mesh.length / 3; i++) {
    for (let k = 0; k < 2; k++) {
      view.setInt16(4 * i + 2 * k, Math.round(8 * mesh[3 * i + k]!), true);
    }
  }
  return {
    colours: base64(coloursOf(picture)),
    detail: base64(detailOf(picture)),
    points: base64(points),
  };
}

/** Compares two signatures. */
export function compareSignatures(a: Signature, b: Signature): SignatureDifference {
  const cells = cellDifferences(a, b);
  const [p, q] = [a, b].map((signature) => pointsOf(signature)) as [Float64Array, Float64Array];
  const away = (from: readonly number[]): [number, number] => [
    from.reduce((sum, i) => sum + q[2 * i]! - p[2 * i]!, 0) / from.length,
    from.reduce((sum, i) => sum + q[2 * i + 1]! - p[2 * i + 1]!, 0) / from.length,
  ];
  const all = Array.from({ length: p.length / 2 }, (_, i) => i);
  const lips = [...LIPS_OUTER, ...LIPS_INNER];
  const spread = (of: readonly number[], [dx, dy]: readonly [number, number]): number =>
    of.reduce(
      (sum, i) => sum + Math.hypot(q[2 * i]! - p[2 * i]! - dx, q[2 * i + 1]! - p[2 * i + 1]! - dy),
      0,
    ) / of.length;
  const [fine, other] = [a, b].map(({ detail }) => Buffer.from(detail, "base64"));
  return {
    colour: cells.reduce((sum, v) => sum + v, 0) / cells.length,
    patch: largestPatch(cells),
    detail: fine!.reduce((sum, v, i) => sum + Math.abs(v - other![i]!), 0) / fine!.length / 24,
    points: spread(all, [0, 0]),
    lips: spread(lips, away(all)),
  };
}

/** The names of the measures that exceed the tolerance. */
export function exceeded(difference: SignatureDifference): string[] {
  return (Object.keys(TOLERANCE) as (keyof SignatureDifference)[]).filter(
    (name) => !(difference[name] <= TOLERANCE[name]),
  );
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}

function pointsOf({ points }: Signature): Float64Array {
  const bytes = Buffer.from(points, "base64");
  return Float64Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i) / 8);
}

function cellDifferences(a: Signature, b: Signature): Float64Array {
  const [p, q] = [a, b].map(({ colours }) => Buffer.from(colours, "base64"));
  return Float64Array.from({ length: p!.length / 3 }, (_, i) =>
    Math.hypot(
      (p![3 * i]! - q![3 * i]!) / 2.55,
      (p![3 * i + 1]! - q![3 * i + 1]!) / 2,
      (p![3 * i + 2]! - q![3 * i + 2]!) / 2,
    ),
  );
}

function largestPatch(cells: Float64Array): number {
  let largest = 0;
  for (let y = 0; y + 4 <= BLOCKS; y++) {
    for (let x = 0; x + 4 <= BLOCKS; x++) {
      let sum = 0;
      for (let n = 0; n < 16; n++) sum += cells[(y + (n >> 2)) * BLOCKS + x + (n & 3)]!;
      largest = Math.max(largest, sum / 16);
    }
  }
  return largest;
}

/** Pixels of a block: from and to, both ways. */
function blockOf(side: number, n: number, blocks: number): readonly [number, number] {
  const at = (share: number): number =>
    Math.round(side * (REGION.from + share * (REGION.to - REGION.from)));
  return [at(n / blocks), at((n + 1) / blocks)];
}

function coloursOf({ width, height, data }: Picture): Uint8Array {
  const out = new Uint8Array(3 * BLOCKS ** 2);
  for (let n = 0; n < BLOCKS ** 2; n++) {
    const [left, right] = blockOf(width, n % BLOCKS, BLOCKS);
    const [top, bottom] = blockOf(height, Math.floor(n / BLOCKS), BLOCKS);
    const lab = [0, 0, 0];
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const at = 3 * (y * width + x);
        const one = labFromRgb(data[at]!, data[at + 1]!, data[at + 2]!);
        for (let c = 0; c < 3; c++) lab[c]! += one[c]! / ((bottom - top) * (right - left));
      }
    }
    out.set([2.55 * lab[0]!, 128 + 2 * lab[1]!, 128 + 2 * lab[2]!].map(byte), 3 * n);
  }
  return out;
}

function detailOf({ width, height, data }: Picture): Uint8Array {
  const luma = (x: number, y: number): number => {
    const at = 3 * (y * width + x);
    return 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
  };
  return Uint8Array.from({ length: DETAIL_BLOCKS ** 2 }, (_, n) => {
    const [left, right] = blockOf(width, n % DETAIL_BLOCKS, DETAIL_BLOCKS);
    const [top, bottom] = blockOf(height, Math.floor(n / DETAIL_BLOCKS), DETAIL_BLOCKS);
    let sum = 0;
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const beside = luma(x - 1, y) + luma(x + 1, y) + luma(x, y - 1) + luma(x, y + 1);
        sum += (4 * luma(x, y) - beside) ** 2;
      }
    }
    const rms = Math.sqrt(sum / ((bottom - top) * (right - left)));
    return byte(24 * Math.log2(4 + rms));
  });
}

function byte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
