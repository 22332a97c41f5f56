import { emptyFloatStore } from "../imaging/float-store.ts";
import { releaseKernels } from "../imaging/kernels/kernels.ts";

/** Garbage of typed arrays from which on it is collected right after a job, before the next one adds its own. */
const MUCH_GARBAGE_BYTES = 64 * 2 ** 20;
/** A worker that has had no job for so long rests. Under load none does: collecting takes 10 to 40 ms. */
const REST_AFTER_MS = 1_000;
/** Freed memory goes back to the system within this time with jemalloc's decay of one second; glibc's goes at once. */
const SETTLE_MS = 1_500;

/** Keeps a worker's memory down between jobs; V8 does not see how much of it lies outside its heap. */
export interface Rest {
  /** Call when a job begins. */
  wake(): void;
  /** Call when a job has been answered. */
  lieDown(): void;
}

/**
 * Makes a worker collect what a large job leaves at once, and everything when it has been idle for a second; `onRested`
 * then hears its resident memory. Without --expose-gc only the kernels' memory and the stored arrays are given back.
 */
export function createRest(onRested: (rssBytes: number) => void): Rest {
  let timer: NodeJS.Timeout | undefined;
  const collect = (): void => void globalThis.gc?.();
  const settle = (): void => onRested(process.memoryUsage.rss());
  const rest = (): void => {
    releaseKernels();
    emptyFloatStore();
    collect();
    timer = setTimeout(settle, SETTLE_MS);
  };
  return {
    wake: () => clearTimeout(timer),
    lieDown() {
      if (process.memoryUsage().arrayBuffers > MUCH_GARBAGE_BYTES) collect();
      clearTimeout(timer);
      timer = setTimeout(rest, REST_AFTER_MS);
    },
  };
}
