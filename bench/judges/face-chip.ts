import { readBilinear } from "../../src/imaging/mesh-sampler.ts";
import type { Picture } from "../../src/imaging/picture.ts";

/** Side of the chip that the dlib-style recognition network takes, px. */
export const CHIP_SIZE = 150;

/**
 * dlib's mean shape of five landmarks (eye corners and the nose's base) in a unit square, by mesh point.
 * The numbers are those of `get_face_chip_details` in dlib.
 */
const MEAN_SHAPE: readonly { readonly point: number; readonly x: number; readonly y: number }[] = [
  { point: 263, x: 0.8595674595992, y: 0.2134981538014 },
  { point: 362, x: 0.6460604764104, y: 0.2289674387677 },
  { point: 33, x: 0.1205750620789, y: 0.2137274526848 },
  { point: 133, x: 0.3340850613712, y: 0.2290642403242 },
  { point: 2, x: 0.4901123135679, y: 0.6277975316475 },
];

/** Margin around the mean shape, in its own units. */
const PADDING = 0.25;

/** x' = scale (x cos - y sin) + tx and so on, from chip px to picture px. */
export interface ChipPlace {
  readonly a: number;
  readonly b: number;
  readonly tx: number;
  readonly ty: number;
}

/** Fits the chip's square to a mesh: least-squares similarity in the plane, from chip px to picture px. */
export function placeChip(mesh: ArrayLike<number>): ChipPlace {
  const chip = MEAN_SHAPE.map(({ x, y }) => [place(x), place(y)] as const);
  const seen = MEAN_SHAPE.map(({ point }) => [mesh[3 * point]!, mesh[3 * point + 1]!] as const);
  const [cx, cy] = [mean(chip.map((p) => p[0])), mean(chip.map((p) => p[1]))];
  const [sx, sy] = [mean(seen.map((p) => p[0])), mean(seen.map((p) => p[1]))];
  let [dot, cross, size] = [0, 0, 0];
  for (let i = 0; i < chip.length; i++) {
    const [px, py] = [chip[i]![0] - cx, chip[i]![1] - cy];
    const [qx, qy] = [seen[i]![0] - sx, seen[i]![1] - sy];
    dot += px * qx + py * qy;
    cross += px * qy - py * qx;
    size += px * px + py * py;
  }
  const [a, b] = [dot / size, cross / size];
  return { a, b, tx: sx - a * cx + b * cy, ty: sy - b * cx - a * cy };
}

function place(unit: number): number {
  return ((unit + PADDING) / (1 + 2 * PADDING)) * CHIP_SIZE;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, v) => sum + v, 0) / values.length;
}

/**
 * Cuts the chip of a face: RGB 0..255, `CHIP_SIZE`² x 3. Every chip pixel is the mean of as many samples as
 * it covers picture pixels, so that a large face does not alias. Outside the picture edge pixels repeat.
 */
export function cutFaceChip(picture: Picture, mesh: ArrayLike<number>): Float32Array {
  const { a, b, tx, ty } = placeChip(mesh);
  const samples = Math.max(1, Math.ceil(Math.hypot(a, b) - 0.01));
  const chip = new Float32Array(CHIP_SIZE * CHIP_SIZE * 3);
  const rgb = new Float64Array(3);
  for (let at = 0; at < CHIP_SIZE * CHIP_SIZE; at++) {
    for (let k = 0; k < samples * samples; k++) {
      const x = (at % CHIP_SIZE) + ((k % samples) + 0.5) / samples;
      const y = Math.floor(at / CHIP_SIZE) + (Math.floor(k / samples) + 0.5) / samples;
      readBilinear(picture, a * x - b * y + tx - 0.5, b * x + a * y + ty - 0.5, rgb);
      for (let c = 0; c < 3; c++) chip[at * 3 + c]! += rgb[c]! / (samples * samples);
    }
  }
  return chip;
}
