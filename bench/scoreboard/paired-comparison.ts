import { randomNumbers } from "../random-numbers.ts";
import { FACE_COLUMNS, type FaceColumn, type FaceRow, mean } from "./summary.ts";

/** How one column differs between two runs on the same faces. */
export interface ColumnDifference {
  readonly column: FaceColumn;
  /** Faces that both runs have a figure of. */
  readonly faces: number;
  readonly before: number;
  readonly after: number;
  /** Mean of after - before, and its bootstrap 95 % interval. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** What the interval says: all of it on the better or the worse side of 0, or neither. */
  readonly verdict: "better" | "worse" | "";
  /** The faces that changed most, largest change first. */
  readonly most: readonly FaceChange[];
}

/** One face's change of a column. */
export interface FaceChange {
  readonly pair: string;
  readonly merge: number;
  readonly change: number;
}

/** What is better for a column: larger, smaller or nearer to 1; nothing is said of columns that only describe. */
export const BETTER: Readonly<Partial<Record<FaceColumn, "more" | "less" | "one">>> = {
  found: "more",
  dcU: "more",
  top1: "more",
  T: "more",
  pose: "less",
  expr: "less",
  mouth: "less",
  eye: "less",
  seam: "less",
  newE: "less",
  dFace: "less",
  dNeck: "less",
  sharp: "one",
  blotch: "less",
};

const RESAMPLES = 2000;
const SHOWN_CHANGES = 5;

/**
 * Compares two runs face by face. The bootstrap draws whole pairs, since the faces of one picture share its light and
 * size; it is seeded, so that the same figures give the same interval. Columns without a common face are left out.
 */
export function compareRuns(
  before: readonly FaceRow[],
  after: readonly FaceRow[],
): ColumnDifference[] {
  const known = new Map(before.map((row) => [keyOf(row), row]));
  return (Object.keys(FACE_COLUMNS) as FaceColumn[]).flatMap((column) => {
    const of = FACE_COLUMNS[column];
    const points = after.flatMap((row) => {
      const [a, b] = [of(row), known.get(keyOf(row)) && of(known.get(keyOf(row))!)];
      return a === undefined || b === undefined
        ? []
        : [{ pair: row.pair, merge: row.merge, before: b, after: a, change: gain(column, b, a) }];
    });
    if (points.length === 0) return [];
    const [low, high] = bootstrap(points);
    return [
      {
        column,
        faces: points.length,
        before: mean(points.map((p) => p.before))!,
        after: mean(points.map((p) => p.after))!,
        difference: mean(points.map((p) => p.change))!,
        low,
        high,
        verdict: verdictOf(column, low, high),
        most: points
          .filter((p) => p.change !== 0)
          .sort((p, q) => Math.abs(q.change) - Math.abs(p.change))
          .slice(0, SHOWN_CHANGES)
          .map(({ pair, merge, change }) => ({ pair, merge, change })),
      },
    ];
  });
}

/** The name of a face in both runs. */
function keyOf(row: FaceRow): string {
  return `${row.pair}#${row.merge}`;
}

/** What is compared of a column: the figure, or its distance from 1. */
function gain(column: FaceColumn, before: number, after: number): number {
  return BETTER[column] === "one" ? Math.abs(after - 1) - Math.abs(before - 1) : after - before;
}

function verdictOf(column: FaceColumn, low: number, high: number): ColumnDifference["verdict"] {
  const sense = BETTER[column];
  if (!sense || (low <= 0 && high >= 0)) return "";
  return (sense === "more") === low > 0 ? "better" : "worse";
}

/** 2.5 % and 97.5 % quantile of the mean over resampled pairs (percentile bootstrap, Efron 1979). */
function bootstrap(
  points: readonly { readonly pair: string; readonly change: number }[],
): [number, number] {
  const pairs = [...Map.groupBy(points, (p) => p.pair).values()].map((faces) => ({
    sum: faces.reduce((sum, face) => sum + face.change, 0),
    count: faces.length,
  }));
  const next = randomNumbers(0x5eed);
  const means = Float64Array.from({ length: RESAMPLES }, () => {
    let [sum, count] = [0, 0];
    for (let n = 0; n < pairs.length; n++) {
      const drawn = pairs[Math.floor(next() * pairs.length)]!;
      sum += drawn.sum;
      count += drawn.count;
    }
    return sum / count;
  }).sort();
  return [means[Math.floor(0.025 * RESAMPLES)]!, means[Math.ceil(0.975 * RESAMPLES) - 1]!];
}
