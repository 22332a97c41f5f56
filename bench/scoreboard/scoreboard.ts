import type { Wish } from "./check-quality.ts";
import type { Group } from "./groups.ts";
import type { PairOutcome } from "./outcome.ts";
import type { ColumnDifference } from "./paired-comparison.ts";
import type { FaceRow, Summary } from "./summary.ts";

/** Everything that a run of the scoreboard says. */
export interface Scoreboard {
  readonly methods: readonly string[];
  readonly groups: readonly Group[];
  readonly summaries: readonly Summary[];
  readonly faces: readonly FaceRow[];
  readonly outcomes: readonly PairOutcome[];
  /** The product against an earlier run and against the classic baseline, where there are such. */
  readonly comparisons: readonly {
    readonly name: string;
    readonly differences: readonly ColumnDifference[];
  }[];
  /** One line for each missed target. */
  readonly faults: readonly string[];
  readonly wishes: readonly Wish[];
}
