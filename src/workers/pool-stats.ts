import type { Slot } from "./slot.ts";

/** The pool at one moment, and what has happened so far. */
export interface PoolStats {
  readonly starting: number;
  readonly idle: number;
  readonly busy: number;
  readonly queued: number;
  readonly queueLimit: number;
  readonly jobsDone: number;
  /** How long a job that came now would probably wait for a worker. */
  readonly waitEstimateMs: number;
  /** Resident memory of all workers, each as it was after its last job. */
  readonly rssBytes: number;
  /** Workers lost in a job or while idle; `recycled` ones were replaced on purpose, `killed` ones by an abort. */
  readonly crashed: number;
  readonly killed: number;
  /** Those of the killed ones that were over their deadline. */
  readonly hung: number;
  readonly recycled: number;
}

/** Counts the slots by state and adds their memory up. */
export function countSlots(
  slots: Iterable<Pick<Slot, "state" | "rssBytes">>,
): Pick<PoolStats, "starting" | "idle" | "busy" | "rssBytes"> {
  const counts = { starting: 0, idle: 0, busy: 0, retired: 0, rssBytes: 0 };
  for (const { state, rssBytes } of slots) {
    counts[state] += 1;
    counts.rssBytes += rssBytes;
  }
  const { starting, idle, busy, rssBytes } = counts;
  return { starting, idle, busy, rssBytes };
}
