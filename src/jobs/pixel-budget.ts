import { notAdmitted } from "./errors.ts";

/** Bounds the decoded size of all fusions in progress: memory follows pixels, not requests. */
export interface PixelBudget {
  readonly usedPixels: number;
  /** Takes pixels until disposed of; throws `overloaded` when they do not fit. */
  take(pixels: number): Disposable;
}

/**
 * Makes a budget. A fusion that alone is larger than the whole budget is let in when nothing else runs: it is within
 * the API's limits, so "try again" must come true at some time.
 */
export function createPixelBudget(maxPixels: number): PixelBudget {
  let usedPixels = 0;
  return {
    get usedPixels() {
      return usedPixels;
    },
    take(pixels) {
      if (usedPixels > 0 && usedPixels + pixels > maxPixels) throw notAdmitted("pixels");
      usedPixels += pixels;
      let isTaken = true;
      return {
        [Symbol.dispose]() {
          if (isTaken) usedPixels -= pixels;
          isTaken = false;
        },
      };
    },
  };
}
