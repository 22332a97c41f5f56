import type { ModelType } from "../../src/fusion/fusion-options.ts";
import type { Scene } from "./make-scene.ts";

/** One picture that is timed. */
export interface SpeedCase extends Omit<Scene, "width" | "height"> {
  readonly megapixels: number;
  readonly modelType: ModelType;
  readonly runs: number;
}

/** What a worker process measured of one case; times are medians, ms. */
export interface SpeedFigures {
  readonly callMs: number;
  /** Decode every picture of the call and encode one of the template's size, with the product's own codec. */
  readonly floorMs: number;
  /** The same in processor time of all the process's threads: what is left of the ratio on a busy machine. */
  readonly callCpuMs: number;
  readonly floorCpuMs: number;
  /** The classic method's whole call, where it was measured. */
  readonly classicMs?: number;
  readonly stepMs: Readonly<Record<string, number>>;
  /** Allocated during one call outside of the native libraries. */
  readonly allocated: Allocated;
  readonly stepAllocated: Readonly<Record<string, Allocated>>;
  /** Largest resident size of the process after the first call, before any floor was run. */
  readonly peakRssMiB: number;
  /** Pixels of the regions that the fusion may change. */
  readonly touchedPixels: number;
}

/** Bytes that were allocated, whether or not they are free again. */
export interface Allocated {
  /** Objects on V8's heap. */
  readonly heapBytes: number;
  /** Typed arrays' memory and growth of WebAssembly's. */
  readonly bufferBytes: number;
}

/** A case with its figures. */
export interface SpeedRow extends SpeedCase, SpeedFigures {}

const MEGAPIXELS = [0.25, 1, 4, 16, 64];
const FACES_PX = [64, 256, 512, 1024, 2000];

const PLAIN = { faces: 1, format: "jpeg", modelType: 1 } as const;

/** The cases that targets name. */
const TARGET_CASES: readonly Omit<SpeedCase, "runs">[] = [
  { ...PLAIN, megapixels: 1, facePx: 512 },
  { ...PLAIN, megapixels: 1, facePx: 512, modelType: 6 },
  { ...PLAIN, megapixels: 64, facePx: 1800 },
  { ...PLAIN, megapixels: 64, facePx: 300 },
  { ...PLAIN, megapixels: 64, facePx: 600, faces: 6 },
];

/** Six faces, and PNG, of the sizes that fit. */
const OTHER_CASES: readonly Omit<SpeedCase, "runs">[] = [
  ...(
    [
      [0.25, 64],
      [1, 256],
      [4, 512],
      [16, 1024],
    ] as const
  ).map(([megapixels, facePx]) => {
    return { ...PLAIN, megapixels, facePx, faces: 6 };
  }),
  ...(
    [
      [0.25, 256],
      [1, 512],
      [4, 512],
      [16, 1024],
      [64, 2000],
    ] as const
  ).map(([megapixels, facePx]) => ({ ...PLAIN, megapixels, facePx, format: "png" as const })),
];

/** Width and height of a case's picture: 4:3, 64 megapixels as the largest square that the API takes. */
export function sidesOf(megapixels: number): { readonly width: number; readonly height: number } {
  if (megapixels >= 64) return { width: 8000, height: 8000 };
  const width = Math.round(Math.sqrt((megapixels * 1e6 * 4) / 3));
  return { width, height: Math.round((megapixels * 1e6) / width) };
}

/** All cases; `quick` keeps those with targets and one with a small face. */
export function speedCases(isQuick: boolean): SpeedCase[] {
  const cases = isQuick
    ? [{ ...PLAIN, megapixels: 1, facePx: 64 }, ...TARGET_CASES]
    : [...oneFaceCases(), ...TARGET_CASES, ...OTHER_CASES];
  const named = new Map(
    cases.map((one) => [nameOf(one), { ...one, runs: runsFor(one.megapixels, isQuick) }]),
  );
  return [...named.values()];
}

function oneFaceCases(): Omit<SpeedCase, "runs">[] {
  return MEGAPIXELS.flatMap((megapixels) =>
    FACES_PX.filter((facePx) => facePx <= 0.8 * sidesOf(megapixels).height).map((facePx) => ({
      ...PLAIN,
      megapixels,
      facePx,
    })),
  );
}

/** A case as tables and targets name it: what is usual is left out. */
export function nameOf({
  megapixels,
  facePx,
  faces,
  format,
  modelType,
}: Omit<SpeedCase, "runs">): string {
  return [
    `${megapixels} MP, ${facePx} px`,
    ...(faces > 1 ? [`${faces} faces`] : []),
    ...(format === "jpeg" ? [] : [format.toUpperCase()]),
    ...(modelType === 1 ? [] : [`type ${modelType}`]),
  ].join(", ");
}

/** Medians of 21 where a call is short; large pictures take seconds each. */
function runsFor(megapixels: number, isQuick: boolean): number {
  if (megapixels >= 16) return isQuick ? 3 : 5;
  return megapixels >= 4 ? 11 : 21;
}

/** Middle value; the lower one of two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1]!;
}

/** Least-squares line through points: y = constant + slope x, with the share of the variance it explains. */
export function fitLine(points: readonly { readonly x: number; readonly y: number }[]): {
  readonly constant: number;
  readonly slope: number;
  readonly explained01: number;
} {
  const mean = (of: (p: { x: number; y: number }) => number): number =>
    points.reduce((sum, p) => sum + of(p), 0) / points.length;
  const [mx, my] = [mean((p) => p.x), mean((p) => p.y)];
  const xx = mean((p) => (p.x - mx) ** 2);
  const xy = mean((p) => (p.x - mx) * (p.y - my));
  const yy = mean((p) => (p.y - my) ** 2);
  const slope = xx === 0 ? 0 : xy / xx;
  return {
    constant: my - slope * mx,
    slope,
    explained01: xx === 0 || yy === 0 ? 0 : (xy * xy) / (xx * yy),
  };
}
