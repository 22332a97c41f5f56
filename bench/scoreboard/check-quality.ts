import { keepsTo, type Limits, missed, shown, type Targets, wanted } from "../targets.ts";
import type { Group } from "./groups.ts";
import type { PairOutcome } from "./outcome.ts";
import { mayRefuse, type Pair } from "./pairs.ts";

/** The errors that a pair with a noted difficult face may be answered with. */
const FACE_REASONS = ["face-not-found", "face-too-small"];

/**
 * Compares the figures with the gates; one line for each that is missed. A run of some pairs only is held to those gates whose
 * figures it has.
 */
export function checkQuality(
  gates: Targets["quality"]["gates"],
  figures: ReadonlyMap<string, number>,
  isWhole: boolean,
): string[] {
  return Object.entries(gates).flatMap(([name, limits]) =>
    isWhole || figures.has(name) ? missed(name, figures.get(name), limits) : [],
  );
}

/** A wish and how far it is. */
export interface Wish {
  readonly name: string;
  readonly limits: Limits;
  readonly value: number;
  /** True when the figure is there already. */
  readonly isReached: boolean;
}

/** The wishes that this run has figures of, those for each purpose or tone as one each. */
export function wishesOf(
  wishes: Targets["quality"]["wishes"],
  figures: ReadonlyMap<string, number>,
  groups: readonly Group[],
): Wish[] {
  return Object.entries(wishes).flatMap(([pattern, limits]) =>
    namesFor(pattern, groups).flatMap((name) => {
      const value = figures.get(name);
      return value === undefined
        ? []
        : [{ name, limits, value, isReached: keepsTo(value, limits) }];
    }),
  );
}

function namesFor(pattern: string, groups: readonly Group[]): string[] {
  const [, kind, rest] = /^each (purpose|tone): (.*)$/.exec(pattern) ?? [];
  if (kind === undefined) return [pattern];
  return groups.filter((group) => group.kind === kind).map((group) => `${group.name}: ${rest}`);
}

/** Says what is still wished for, one line each, and in a last line what could become a gate. */
export function wishLines(wishes: readonly Wish[], gates: Targets["quality"]["gates"]): string[] {
  const reached = wishes.filter((wish) => wish.isReached && !(wish.name in gates));
  return [
    ...wishes
      .filter((wish) => !wish.isReached)
      .map(
        ({ name, value, limits }) =>
          `not yet: ${name} is ${shown(value)}, wanted ${wanted(limits)}`,
      ),
    ...(reached.length > 0
      ? [
          `reached but not gating: ${reached.map(({ name, value }) => `${name} ${shown(value)}`).join(", ")}`,
        ]
      : []),
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
