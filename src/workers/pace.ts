/** How long jobs take at present. */
export interface Pace {
  /** Notes one finished job, ms. */
  note(jobMs: number): void;
  /** How long a job waits behind `queued` others and those at work, each as long as recent ones, shared by all workers. */
  waitMs(queued: number, workers: number): number;
}

/** The newest job's part of the mean: the last ten jobs or so decide. */
const NEWEST_SHARE = 0.1;

/** Makes an exponentially weighted mean. */
export function createPace(): Pace {
  let meanMs: number | undefined;
  return {
    note(jobMs) {
      meanMs = meanMs === undefined ? jobMs : meanMs + (jobMs - meanMs) * NEWEST_SHARE;
    },
    waitMs: (queued, workers) => ((meanMs ?? 0) * (queued + 1)) / Math.max(1, workers),
  };
}
