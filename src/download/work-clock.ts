/** Counts the time that work takes, without the waits between its parts, and ends it when there is none left. */
export interface WorkClock {
  /** Runs a part with a signal that aborts with `outer`, or with a TimeoutError when the time is used up. */
  run<T>(outer: AbortSignal, part: (signal: AbortSignal) => Promise<T>): Promise<T>;
}

/** Makes a clock with `limitMs` on it. */
export function createWorkClock(limitMs: number): WorkClock {
  let leftMs = limitMs;
  return {
    async run(outer, part) {
      const startedMs = performance.now();
      const end = AbortSignal.timeout(Math.max(0, Math.ceil(leftMs)));
      try {
        return await part(AbortSignal.any([outer, end]));
      } finally {
        leftMs -= performance.now() - startedMs;
      }
    },
  };
}
