/** What a server is about. */
export type Phase = "starting" | "serving" | "draining";

/** Knows whether a call would be served now. */
export interface Health {
  readonly phase: Phase;
  enter(phase: Phase): void;
  /** Adds a check that returns why no call would be served, or undefined while one would. */
  addCheck(check: HealthCheck): void;
  /** Returns every reason why no call would be served now; none means ready. Never throws. */
  reasons(): Promise<readonly string[]>;
  /** Says where {@link Health.figures} come from; there are none before. */
  showFigures(read: () => Figures): void;
  /** What operators and load tests look at, each reading from the one before. */
  figures(): Figures;
}

/** Named groups of figures. */
type Figures = Readonly<Record<string, unknown>>;

/** One look at one part. */
export type HealthCheck = () => string | undefined | Promise<string | undefined>;

/** Starts in the phase `starting`. */
export function createHealth(): Health {
  const checks: HealthCheck[] = [];
  let phase: Phase = "starting";
  let read = (): Figures => ({});
  return {
    get phase() {
      return phase;
    },
    enter(next) {
      phase = next;
    },
    showFigures(next) {
      read = next;
    },
    figures: () => read(),
    addCheck: (check) => void checks.push(check),
    async reasons() {
      // What is not up yet has nothing to be checked, and a stopping server needs no further reason.
      if (phase !== "serving") return [phase];
      const found = await Promise.all(checks.map(outcomeOf));
      return found.filter((reason) => reason !== undefined);
    },
  };
}

async function outcomeOf(check: HealthCheck): Promise<string | undefined> {
  try {
    return await check();
  } catch {
    return "a check failed";
  }
}
