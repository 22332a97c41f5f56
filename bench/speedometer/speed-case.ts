/** One size that is timed. */
export interface SpeedCase {
  readonly megapixels: number;
  /** Longer side of the template's face, px. */
  readonly facePx: number;
  readonly runs: number;
}

/** What a worker process measured of one case; times are medians, ms. */
export interface SpeedFigures {
  readonly callMs: number;
  /** Decode both pictures and encode one of the template's size, with the product's own codec. */
  readonly floorMs: number;
  /** The same in processor time of all the process's threads: what is left of the ratio on a busy machine. */
  readonly callCpuMs: number;
  readonly floorCpuMs: number;
  readonly stepMs: Readonly<Record<string, number>>;
  /** Largest resident size of the process after the first call, before any floor was run. */
  readonly peakRssMiB: number;
  /** Pixels of the region that the fusion may change. */
  readonly touchedPixels: number;
}

/** A case with its figures. */
export interface SpeedRow extends SpeedCase, SpeedFigures {}

const MEGAPIXELS = [0.25, 1, 4, 16, 64];
const FACES_PX = [64, 256, 512, 1024, 1800];

/** The two cases that have targets. */
export const TARGET_CASES = [
  { megapixels: 1, facePx: 512 },
  { megapixels: 64, facePx: 1800 },
] as const;

/** Width and height of a case's picture: 4:3, 64 megapixels as the largest square that the API takes. */
export function sidesOf(megapixels: number): { readonly width: number; readonly height: number } {
  if (megapixels >= 64) return { width: 8000, height: 8000 };
  const width = Math.round(Math.sqrt((megapixels * 1e6 * 4) / 3));
  return { width, height: Math.round((megapixels * 1e6) / width) };
}

/** All sizes whose face fits the picture; `quick` keeps those with targets and one small one. */
export function speedCases(isQuick: boolean): SpeedCase[] {
  if (isQuick) {
    return [{ megapixels: 1, facePx: 64 }, ...TARGET_CASES].map((c) => ({
      ...c,
      runs: runsFor(c.megapixels, true),
    }));
  }
  return MEGAPIXELS.flatMap((megapixels) =>
    FACES_PX.filter((facePx) => facePx <= 0.8 * sidesOf(megapixels).height)
      // The face's size is varied where it matters most, at 1 and 64 megapixels; elsewhere 512 px stand for all.
      .filter((facePx) => megapixels === 1 || megapixels === 64 || facePx === 512 || megapixels < 1)
      .map((facePx) => ({ megapixels, facePx, runs: runsFor(megapixels, false) })),
  );
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
