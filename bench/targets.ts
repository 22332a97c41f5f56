import { readFileSync } from "node:fs";

/** What the product must reach; later work only tightens these. */
export interface Targets {
  readonly quality: {
    /** Smallest share of the answered faces that the finder sees again. */
    readonly foundAgain: number;
    /** Smallest share of results whose user is the nearest of all users. */
    readonly retrieval: number;
    /** Smallest identity transfer, as a share of the classic baseline's. */
    readonly transferOverClassic: number;
    /** Largest means. */
    readonly mouth: number;
    readonly eye: number;
    readonly seam: number;
    readonly dFace: number;
    /** Largest channel difference outside the faces' surroundings. */
    readonly background: number;
  };
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
export function missed(
  name: string,
  value: number | undefined,
  target: { readonly atLeast: number } | { readonly atMost: number },
): string[] {
  const [limit, word, isMet] =
    "atLeast" in target
      ? [target.atLeast, "at least", value !== undefined && value >= target.atLeast]
      : [target.atMost, "at most", value !== undefined && value <= target.atMost];
  if (isMet) return [];
  const shown = value === undefined ? "not measured" : Number(value.toPrecision(4));
  return [`missed: ${name} is ${shown}, wanted ${word} ${limit}`];
}
