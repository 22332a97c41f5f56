import type { PairOutcome } from "./outcome.ts";
import type { ColumnDifference } from "./paired-comparison.ts";
import {
  COLUMN_NAMES,
  type ColumnName,
  type FaceRow,
  type Summary,
  worstFaces,
} from "./summary.ts";

/** Digits after the point by column; two where nothing is said. */
export const DIGITS: Partial<Record<ColumnName, number>> = {
  pose: 1,
  expr: 3,
  mouth: 3,
  eye: 3,
  bg: 0,
  ms: 0,
};

/** Writes rows of cells in columns of equal width: the first (and those named) to the left, the others to the right. */
export function alignColumns(
  rows: readonly (readonly string[])[],
  left: readonly number[] = [],
): string {
  const widths = rows[0]!.map((_, c) => Math.max(...rows.map((row) => row[c]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, c) =>
          c === 0 || left.includes(c) ? cell.padEnd(widths[c]!) : cell.padStart(widths[c]!),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** Prints summaries, one line each; the first column says what each line is of. */
export function summaryTable(
  summaries: readonly Summary[],
  nameOf: (summary: Summary) => string,
): string {
  const head = ["", "pairs", "faces", ...COLUMN_NAMES];
  const lines = summaries.map((summary) => [
    nameOf(summary),
    summary.answered === summary.pairs
      ? `${summary.pairs}`
      : `${summary.answered}/${summary.pairs}`,
    `${summary.faces}`,
    ...COLUMN_NAMES.map((name) => number(summary.columns[name], DIGITS[name] ?? 2)),
  ]);
  return alignColumns([head, ...lines]);
}

function number(value: number | undefined, digits: number): string {
  return value === undefined ? "-" : value.toFixed(digits);
}

/** Prints the median time of each step of the product over all pairs, slowest first. */
export function stepTable(outcomes: readonly PairOutcome[]): string {
  const times = new Map<string, number[]>();
  for (const { stepMs } of outcomes) {
    for (const [step, ms] of Object.entries(stepMs)) {
      times.set(step, [...(times.get(step) ?? []), ms]);
    }
  }
  const rows = [...times].map(([step, list]) => {
    const sorted = list.toSorted((a, b) => a - b);
    return { step, median: sorted[sorted.length >> 1]!, most: sorted.at(-1)! };
  });
  const lines = rows
    .sort((a, b) => b.median - a.median)
    .map(({ step, median, most }) => [step, median.toFixed(0), most.toFixed(0)]);
  return alignColumns([["step", "median ms", "max ms"], ...lines]);
}

/** Prints the five worst faces by identity transfer, seam and expression. */
export function worstTable(rows: readonly FaceRow[]): string {
  const list = (title: string, faces: readonly FaceRow[], show: (row: FaceRow) => string): string =>
    `worst ${title}: ${faces.map((f) => `${f.pair}${f.merge ? `#${f.merge + 1}` : ""} ${show(f)}`).join(", ")}`;
  return [
    list("T", worstFaces(rows, "transfer", -1), (row) => row.transfer!.toFixed(2)),
    list("seam", worstFaces(rows, "seam", 1), (row) => row.seam!.toFixed(2)),
    list("expr", worstFaces(rows, "expression", 1), (row) => row.expression!.toFixed(3)),
  ].join("\n");
}

/** Prints how each column changed between two runs, with the faces that changed most. */
export function comparisonTable(differences: readonly ColumnDifference[]): string {
  const lines = differences.map((d) => {
    const digits = DIGITS[d.column] ?? 2;
    const signed = (value: number): string => `${value < 0 ? "" : "+"}${value.toFixed(digits + 1)}`;
    return [
      d.column,
      `${d.faces}`,
      d.before.toFixed(digits),
      d.after.toFixed(digits),
      signed(d.difference),
      `${signed(d.low)} to ${signed(d.high)}`,
      d.verdict,
      d.most
        .slice(0, 3)
        .map((m) => `${m.pair}${m.merge ? `#${m.merge + 1}` : ""} ${signed(m.change)}`)
        .join(", "),
    ];
  });
  return alignColumns(
    [["", "faces", "before", "after", "mean", "95 % interval", "", "changed most"], ...lines],
    [7],
  );
}
