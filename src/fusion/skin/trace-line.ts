/** Places that a line may run through: one of `breadth` at each of `length` steps. */
export interface Strip {
  readonly length: number;
  readonly breadth: number;
  /** x and y of the place `across` at step `along`. */
  readonly at: (along: number, across: number) => readonly [number, number];
}

/** The best line through a strip. */
export interface TracedLine {
  /** One place a step. */
  readonly points: readonly (readonly [number, number])[];
  /** How strong the line is at each. */
  readonly strengths: readonly number[];
}

/** Strength above which a line is not preferred to a weaker one. */
const STRONG_ENOUGH = 0.2;
/** What each place of a bend costs, in strength. */
const BEND = 0.012;
/** Places across that a line may move from step to step. */
const MAX_BEND = 2;

/** Finds the way along a strip with the greatest sum of strengths by dynamic programming; bends cost a little. */
export function traceLine(strip: Strip, strengthAt: (x: number, y: number) => number): TracedLine {
  const { length, breadth } = strip;
  const strengths = new Float32Array(length * breadth);
  for (let k = 0; k < length; k++) {
    for (let r = 0; r < breadth; r++) strengths[k * breadth + r] = strengthAt(...strip.at(k, r));
  }
  const origins = new Int16Array(length * breadth);
  let sums = strengths.slice(0, breadth).map((v) => Math.min(v, STRONG_ENOUGH));
  for (let k = 1; k < length; k++) {
    sums = sums.map((_, r, before) => {
      const origin = bestOrigin(before, r);
      origins[k * breadth + r] = origin;
      const own = Math.min(strengths[k * breadth + r]!, STRONG_ENOUGH);
      return worth(before, origin, r) + own;
    });
  }
  const line = { points: [] as (readonly [number, number])[], strengths: [] as number[] };
  let across = sums.indexOf(Math.max(...sums));
  for (let k = length - 1; k >= 0; k--) {
    line.points.unshift(strip.at(k, across));
    line.strengths.unshift(strengths[k * breadth + across]!);
    across = origins[k * breadth + across]!;
  }
  return line;
}

/** Which place of the step before is the best one to come from. */
function bestOrigin(sums: Float32Array, to: number): number {
  let best = to;
  const last = Math.min(sums.length - 1, to + MAX_BEND);
  for (let from = Math.max(0, to - MAX_BEND); from <= last; from++) {
    if (worth(sums, from, to) > worth(sums, best, to)) best = from;
  }
  return best;
}

function worth(sums: Float32Array, from: number, to: number): number {
  return sums[from]! - BEND * Math.abs(from - to);
}
