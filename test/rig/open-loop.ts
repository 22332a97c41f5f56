import { setTimeout as sleep } from "node:timers/promises";

/** One call of a load: how it ended, and how long it took from the moment at which it was due. */
export interface Sample {
  /** Milliseconds from the beginning of the load to the moment at which the call was due. */
  readonly dueMs: number;
  /** From that moment to the answer: a call that was sent late waited, too. */
  readonly latencyMs: number;
  /** What the sender returned. */
  readonly outcome: string;
}

/** A load that does not wait for its own answers. */
export interface OpenLoad {
  readonly ratePerSecond: number;
  readonly seconds: number;
  /** 0..1, evenly distributed. */
  readonly random: () => number;
  readonly send: (index: number) => Promise<string>;
}

/**
 * Offers calls with exponentially distributed gaps (a Poisson process), decided before the first is sent, and resolves
 * when all are answered. Whatever holds up the sender counts as waiting of the calls that were due meanwhile; a closed loop
 * would send fewer and never see it (coordinated omission).
 */
export async function offerLoad(load: OpenLoad): Promise<readonly Sample[]> {
  const startedMs = performance.now();
  const calls: Promise<Sample>[] = [];
  for (const [index, dueMs] of dueTimes(load).entries()) {
    const waitMs = startedMs + dueMs - performance.now();
    if (waitMs > 0) await sleep(waitMs);
    calls.push(
      load.send(index).then((outcome) => {
        return { dueMs, outcome, latencyMs: performance.now() - startedMs - dueMs };
      }),
    );
  }
  return await Promise.all(calls);
}

function dueTimes({ ratePerSecond, seconds, random }: OpenLoad): readonly number[] {
  const times: number[] = [];
  const gap = (): number => (-Math.log(1 - random()) / ratePerSecond) * 1000;
  for (let at = gap(); at < seconds * 1000; at += gap()) times.push(at);
  return times;
}

/** Sends from `callers` at once, each as soon as its last call is answered, and returns the samples. */
export async function closedLoad(
  callers: number,
  seconds: number,
  send: (index: number) => Promise<string>,
): Promise<readonly Sample[]> {
  const startedMs = performance.now();
  const samples: Sample[] = [];
  let index = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() - startedMs < seconds * 1000) {
        const dueMs = performance.now() - startedMs;
        const outcome = await send(index++);
        samples.push({ dueMs, outcome, latencyMs: performance.now() - startedMs - dueMs });
      }
    }),
  );
  return samples;
}

/** Returns the smallest value that `share` (0..1) of all are not above; 0 of none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

/** Latencies of the samples with one of the outcomes. */
export function latenciesOf(samples: readonly Sample[], ...outcomes: string[]): number[] {
  return samples.flatMap(({ outcome, latencyMs }) =>
    outcomes.includes(outcome) ? [latencyMs] : [],
  );
}

/** Counts outcomes: `ok 30, RequestLimitExceeded 2`. */
export function tally(samples: readonly Pick<Sample, "outcome">[]): string {
  const counts = new Map<string, number>();
  for (const { outcome } of samples) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return [...counts].map(([outcome, count]) => `${outcome} ${count}`).join(", ");
}
