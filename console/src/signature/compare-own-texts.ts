import { compareLines } from "./compare-lines.ts";
import type { Comparison, Finding, InspectionInput, Steps } from "./inspection.ts";
import { finding } from "./inspection.ts";

/** Compares what the client computed with what the server computes, as far as both are there. */
export function comparisonsOf(steps: Steps, input: InspectionInput): Comparison[] {
  const pairs = [
    ["canonical", steps.canonicalRequest, input.canonicalRequest],
    ["string", steps.stringToSign, input.stringToSign],
  ] as const;
  return pairs.flatMap(([of, ours, theirs]) =>
    ours === undefined || theirs === undefined ? [] : [{ of, lines: compareLines(ours, theirs) }],
  );
}

/** Says of each comparison whether it found a difference. */
export function comparisonFindings(comparisons: readonly Comparison[]): Finding[] {
  return comparisons.map(({ of, lines }) => {
    const isSame = lines.every((line) => line.isSame);
    return finding(isSame ? "good" : "bad", `${of}-${isSame ? "same" : "differs"}`);
  });
}
