import { missed, type Targets } from "../targets.ts";
import type { PairOutcome } from "./outcome.ts";
import { mayRefuse, type Pair } from "./pairs.ts";
import type { Summary } from "./summary.ts";

/** The errors that a pair with a noted difficult face may be answered with. */
const FACE_REASONS = ["face-not-found", "face-too-small"];

/** Compares the product's summary with the targets; one line for each that is missed. */
export function checkQuality(
  targets: Targets["quality"],
  product: Summary,
  classic: Summary | undefined,
): string[] {
  const { columns } = product;
  const transfer = classic?.columns.T;
  return [
    ...missed("re-detection", columns.found, { atLeast: targets.foundAgain }),
    ...missed("retrieval@1", columns.top1, { atLeast: targets.retrieval }),
    ...(transfer === undefined
      ? ["missed: T cannot be judged without the classic baseline"]
      : missed(`T (classic: ${transfer.toFixed(3)})`, columns.T, {
          atLeast: targets.transferOverClassic * transfer,
        })),
    ...missed("mouth", columns.mouth, { atMost: targets.mouth }),
    ...missed("eye", columns.eye, { atMost: targets.eye }),
    ...missed("seam", columns.seam, { atMost: targets.seam }),
    ...missed("dFace", columns.dFace, { atMost: targets.dFace }),
    ...missed("background", columns.bg, { atMost: targets.background }),
  ];
}

/** Names the pairs that were not answered though they should, and every fault of the extra runs. */
export function checkAnswers(pairs: readonly Pair[], outcomes: readonly PairOutcome[]): string[] {
  return outcomes.flatMap((outcome) => {
    const pair = pairs.find((candidate) => candidate.id === outcome.pair)!;
    const { refusal } = outcome;
    const isExpected = mayRefuse(pair) && FACE_REASONS.includes(refusal ?? "");
    return [
      ...(refusal === undefined || isExpected ? [] : [`missed: ${pair.id} is refused: ${refusal}`]),
      ...outcome.faults.map((fault) => `missed: ${pair.id}: ${fault}`),
    ];
  });
}
