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
  /** Smallest means of what is kept, by thing and model type, see occluders.ts. */
  readonly occluders: Readonly<Record<string, Limits>>;
  readonly speed: {
    /** Largest whole call over the codec floor: 1 megapixel with a face of 512 px, 64 with one of 1800 px. */
    readonly oneMegapixelRatio: number;
    readonly sixtyFourMegapixelRatio: number;
    readonly peakRssMiB: number;
  };
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
