/** How long jobs take at present. */
export interface Pace {
  /** Notes one finished job, ms. */
  note(jobMs: number): void;
  /** Returns the mean of recent jobs, ms; 0 before the first. */
  meanMs(): number;
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
    meanMs: () => meanMs ?? 0,
  };
}
