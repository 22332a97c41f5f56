import { abortErrorOf } from "../base/abort-error.ts";

/** A bound on how many downloads run at once. */
export interface DownloadSlots {
  /** Waits for a free slot, first come first served; call the returned function once to give it back. */
  take(signal: AbortSignal): Promise<() => void>;
}

/** Makes `count` slots. A waiter whose signal aborts leaves the line and gets the signal's error. */
export function createDownloadSlots(count: number): DownloadSlots {
  let free = count;
  const waiting: (() => void)[] = [];

  function giveBack(): void {
    const next = waiting.shift();
    if (next) next();
    else free += 1;
  }

  return {
    async take(signal) {
      if (signal.aborted) throw abortErrorOf(signal);
      if (free > 0) free -= 1;
      else await waitInLine(waiting, signal);
      return giveBack;
    },
  };
}

function waitInLine(waiting: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      waiting.splice(waiting.indexOf(enter), 1);
      reject(abortErrorOf(signal));
    };
    const enter = () => {
      signal.removeEventListener("abort", leave);
      resolve();
    };
    signal.addEventListener("abort", leave, { once: true });
    waiting.push(enter);
  });
}
