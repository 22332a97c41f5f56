import { returnFloats } from "../../imaging/float-store.ts";
import { loadKernels, reserveBlocks } from "../../imaging/kernels/kernels.ts";
import type { Plane } from "../../imaging/plane.ts";
import type { FaceLayer } from "../face-layer.ts";

/** Luma and two blurred copies of it: what the first lacks of the second is fine detail, the rest coarse. */
export interface DetailBands {
  readonly luma: Plane;
  readonly near: Plane;
  readonly far: Plane;
}

/** Gives the bands' arrays back once nobody reads them any more. */
export function returnBands({ luma, near, far }: DetailBands): void {
  returnFloats(luma.data, near.data, far.data);
}

/** How much of the bands is added; limits are levels, up and down. */
export interface BandGains {
  /** Times luma - near. */
  readonly fine: number;
  readonly fineLimit?: number;
  /** Times near - far. */
  readonly coarse: number;
  readonly coarseLimit?: number;
  /** Share of the change on bare skin and on features; between them in proportion. */
  readonly onSkin: number;
  readonly onFeature: number;
  /** Largest change of a pixel. */
  readonly limit?: number;
}

/** Larger than any level. */
const UNLIMITED = 1e4;
/** Pixels that are worked on before the next ones are brought into the kernels' memory. */
const STRIP_PIXELS = 1 << 15;

/**
 * Adds detail to all three channels of each pixel; the change fades out towards the face's border, where the picture around
 * must not differ. The inner loop is kernels/add-bands.ts.
 */
export function addBands(layer: FaceLayer, bands: DetailBands, gains: BandGains): void {
  const { rgb, feature, interior } = layer;
  const strip = Math.min(STRIP_PIXELS, (interior.length + 3) & ~3);
  const [at, by] = reserveBlocks(32 * strip, 28) as [number, number];
  const { memory, addBands: addStrip } = loadKernels();
  const block = new Float32Array(memory.buffer, at, 8 * strip);
  const planes = [bands.luma.data, bands.near.data, bands.far.data, feature, interior];
  new Float32Array(memory.buffer, by, 7).set([
    ...[gains.fine, gains.fineLimit ?? UNLIMITED, gains.coarse, gains.coarseLimit ?? UNLIMITED],
    ...[gains.onSkin, gains.onFeature, gains.limit ?? UNLIMITED],
  ]);
  for (let from = 0; from < interior.length; from += strip) {
    const to = Math.min(from + strip, interior.length);
    // What lies beyond the last pixel is worked on as well and left behind.
    block.set(rgb.subarray(3 * from, 3 * to));
    for (const [i, plane] of planes.entries()) {
      block.set(plane.subarray(from, to), (3 + i) * strip);
    }
    addStrip(at, strip, by);
    rgb.set(block.subarray(0, 3 * (to - from)), 3 * from);
  }
}

/**
 * Mean squares of the fine and of the coarse band where the fused face is seen (`alpha` 0.6 or more): not under the template's
 * hair, glasses or hands. The inner loop is kernels/band-energies.ts.
 */
export function bandEnergies(bands: DetailBands, alpha: Float32Array): [number, number] {
  const strip = Math.min(STRIP_PIXELS, (alpha.length + 3) & ~3);
  const [at, sumsAt] = reserveBlocks(16 * strip, 24) as [number, number];
  const { memory, sumBandEnergies } = loadKernels();
  const block = new Float32Array(memory.buffer, at, 4 * strip);
  const sums = new Float64Array(memory.buffer, sumsAt, 3);
  const planes = [bands.luma.data, bands.near.data, bands.far.data, alpha];
  let [count, fine, coarse] = [1, 0, 0];
  for (let from = 0; from < alpha.length; from += strip) {
    const to = Math.min(from + strip, alpha.length);
    for (const [i, plane] of planes.entries()) block.set(plane.subarray(from, to), i * strip);
    // Beyond the last pixel nothing is seen.
    block.fill(0, 3 * strip + to - from);
    sumBandEnergies(at, strip, sumsAt);
    count += sums[0]!;
    fine += sums[1]!;
    coarse += sums[2]!;
  }
  return [fine / count, coarse / count];
}
