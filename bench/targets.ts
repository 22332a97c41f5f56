import { readFileSync } from "node:fs";

/** What a figure has to keep to; one of the two or both. */
export interface Limits {
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** What the product must reach; later work only tightens these. */
export interface Targets {
  readonly quality: {
    /** Held by `--check`: limits by the name of the figure, see scoreboard/figures.ts. */
    readonly gates: Readonly<Record<string, Limits>>;
    /**
     * Printed until they are reached. `each purpose: …` and `each tone: …` stand for the figure of every such group.
     */
    readonly wishes: Readonly<Record<string, Limits>>;
  };
  /** Smallest means of what is kept, by thing and model type (`hand, type 5`), see occluders.ts. */
  readonly occluders: {
    readonly gates: Readonly<Record<string, Limits>>;
    readonly wishes: Readonly<Record<string, Limits>>;
  };
  readonly speed: NamedTargets;
  readonly memory: NamedTargets;
  readonly throughput: NamedTargets;
}

/** Limits by the name of the figure. */
export interface NamedTargets {
  /** Held by `--check`. */
  readonly gates: Readonly<Record<string, Limits>>;
  /** Printed as not reached yet until they are. */
  readonly wishes: Readonly<Record<string, Limits>>;
}

/** Reads the repository's targets. */
export function readTargets(): Targets {
  return JSON.parse(readFileSync(new URL("./targets.json", import.meta.url), "utf8"));
}

/** Says in one line that a figure misses its target, or nothing. A figure that is not there misses. */
export function missed(name: string, value: number | undefined, limits: Limits): string[] {
  if (keepsTo(value, limits)) return [];
  return [`missed: ${name} is ${shown(value)}, wanted ${wanted(limits)}`];
}

/** True for a figure that is there and within its limits. */
export function keepsTo(
  value: number | undefined,
  { atLeast = -Infinity, atMost = Infinity }: Limits,
): boolean {
  return value !== undefined && value >= atLeast && value <= atMost;
}

/** Limits in words. */
export function wanted({ atLeast, atMost }: Limits): string {
  if (atLeast === undefined) return `at most ${atMost}`;
  return atMost === undefined ? `at least ${atLeast}` : `${atLeast} to ${atMost}`;
}

/** A figure for people: four digits that count. */
export function shown(value: number | undefined): string {
  return value === undefined ? "not measured" : `${Number(value.toPrecision(4))}`;
}

/** Prints every target of which there is a figure, one a line; returns whether no gate is missed. */
export function judge(figures: ReadonlyMap<string, number>, targets: NamedTargets): boolean {
  let isMet = true;
  const kinds = [
    [targets.gates, "short"],
    [targets.wishes, "not yet"],
  ] as const;
  for (const [list, otherwise] of kinds) {
    for (const [name, limits] of Object.entries(list)) {
      const value = figures.get(name);
      if (value === undefined) continue;
      const isKept = keepsTo(value, limits);
      if (!isKept && list === targets.gates) isMet = false;
      const word = isKept ? "pass" : otherwise;
      console.log(`${word.padEnd(7)}  ${name}: ${shown(value)}, wanted ${wanted(limits)}`);
    }
  }
  return isMet;
}
