/** One line of the table: what was measured, what it should be. */
export interface Finding {
  /** Of shared design's plan, such as `L-04`. */
  readonly id: string;
  readonly what: string;
  readonly target: string;
  readonly figure: string;
  readonly isMet: boolean;
  /** A time, a rate, or a growth over minutes: who else uses the machine moves it. */
  readonly isTimed?: boolean;
  /** It could not be measured here. */
  readonly isLeftOut?: boolean;
}

const TIMED_UNITS = ["ms", "s", "/s", "%", "MiB/min"];

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
    isTimed: TIMED_UNITS.includes(unit),
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
    isTimed: TIMED_UNITS.includes(target.unit),
  };
}

/** Judges what is either so or not; `figure` tells what was seen. */
export function holds(id: string, what: string, isMet: boolean, figure: string): Finding {
  return { id, what, target: "yes", figure: figure || (isMet ? "yes" : "no"), isMet };
}

/** Says that this machine does not allow to measure something. */
export function leftOut(id: string, what: string, why: string): Finding {
  return { id, what, target: "yes", figure: `left out: ${why}`, isMet: false, isLeftOut: true };
}

function rounded(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toFixed(2)));
}

/** How a finding stands: a target that others on the machine may spoil is no fault where `isShared`. */
export function stateOf(
  { isMet, isTimed = false, isLeftOut = false }: Finding,
  isShared: boolean,
): "pass" | "info" | "SHORT" {
  if (isMet) return "pass";
  return isLeftOut || (isShared && isTimed) ? "info" : "SHORT";
}

/** Prints findings as a table. */
export function formatFindings(findings: readonly Finding[], isShared: boolean): string {
  const rows = findings.map((finding) => {
    const { id, what, target, figure } = finding;
    return [stateOf(finding, isShared), id, what, target, figure];
  });
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
