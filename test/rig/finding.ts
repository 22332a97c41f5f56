/** One line of the table: what was measured, what it should be. */
export interface Finding {
  /** Of shared design's plan, such as `L-04`. */
  readonly id: string;
  readonly what: string;
  readonly target: string;
  readonly figure: string;
  readonly isMet: boolean;
}

/** Judges a figure that should not be above its target. */
export function atMost(
  id: string,
  what: string,
  value: number,
  target: { readonly limit: number; readonly unit: string; readonly note?: string },
): Finding {
  const { limit, unit, note = "" } = target;
  return {
    id,
    what,
    target: `<= ${rounded(limit)} ${unit}${note}`.trim(),
    figure: `${rounded(value)} ${unit}`.trim(),
    isMet: value <= limit,
  };
}

/** Judges a figure that should not be below its target. */
export function atLeast(
  id: string,
  what: string,
  value: number,
  target: { readonly limit: number; readonly unit: string },
): Finding {
  return {
    id,
    what,
    target: `>= ${rounded(target.limit)} ${target.unit}`.trim(),
    figure: `${rounded(value)} ${target.unit}`.trim(),
    isMet: value >= target.limit,
  };
}

/** Judges what is either so or not; `figure` tells what was seen. */
export function holds(id: string, what: string, isMet: boolean, figure: string): Finding {
  return { id, what, target: "yes", figure: figure || (isMet ? "yes" : "no"), isMet };
}

function rounded(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toFixed(2)));
}

/** Prints findings as a table. */
export function formatFindings(findings: readonly Finding[]): string {
  const rows = findings.map(({ id, what, target, figure, isMet }) => [
    isMet ? "met" : "MISSED",
    id,
    what,
    target,
    figure,
  ]);
  const all = [["", "Row", "What", "Target", "Measured"], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i]!))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
