import { createRandom } from "../support/random.ts";
import { orderBody } from "./bodies.ts";
import { BUSY, type Caller, createCaller, OK, type PreparedBody } from "./caller.ts";
import { type Machine, startMachine } from "./machine.ts";
import { closedLoad, latenciesOf, offerLoad, quantile, type Sample } from "./open-loop.ts";
import type { RigServer } from "./rig-server.ts";

/** What every check works with. */
export interface Rig {
  /** Seconds of one load; the soak and a longer profile have more. */
  readonly seconds: number;
  readonly random: () => number;
  readonly machine: Machine;
  /** What the machine can do, measured by the first check. */
  readonly capacity: Capacity;
}

/** A server's capacity with nobody waiting. */
export interface Capacity {
  /** Calls a second. */
  readonly perSecond: number;
  /** Median time of a call, ms. */
  readonly serviceMs: number;
}

/** A check's own work: it measures and judges. */
export type Check = (rig: Rig) => Promise<readonly import("./finding.ts").Finding[]>;

/** Makes a rig whose capacity is not known yet. */
export async function openRig(seconds: number): Promise<Omit<Rig, "capacity">> {
  return { seconds, random: createRandom(20_261_123), machine: await startMachine() };
}

/** The usual call: a template of a quarter megabyte and 100 ms of one core. */
export const USUAL_BODY = orderBody("busy:100", { bytes: 257_000 });
/** The same for loads of hundreds a second: this process is to measure, not to hash. */
export const SMALL_BODY = orderBody("busy:100", { bytes: 20_000 });

/** Offers a multiple of the capacity to a server. */
export async function offer(
  rig: Rig,
  caller: Caller,
  load: {
    readonly times: number;
    readonly seconds?: number;
    /** Makes the body of each call; the same small one without it. */
    readonly makeBody?: () => PreparedBody;
  },
): Promise<readonly Sample[]> {
  const { times, seconds = rig.seconds, makeBody = () => SMALL_BODY } = load;
  return await offerLoad({
    ratePerSecond: rig.capacity.perSecond * times,
    seconds,
    random: rig.random,
    send: () => caller.call(makeBody()),
  });
}

/** Calls that were answered with success, a second. */
export function goodput(samples: readonly Sample[], seconds: number): number {
  return latenciesOf(samples, OK).length / seconds;
}

/** Returns how long all but the slowest hundredth took, ms. */
export function p99(samples: readonly Sample[], ...outcomes: string[]): number {
  return quantile(latenciesOf(samples, ...outcomes), 0.99);
}

/** Answers that are neither success nor the documented answer of a full server. */
export function strange(samples: readonly Sample[], ...allowed: string[]): readonly Sample[] {
  return samples.filter(({ outcome }) => ![OK, BUSY, ...allowed].includes(outcome));
}

/** Measures a server's capacity: as many callers as workers, none of whom waits. */
export async function measureCapacity(
  caller: Caller,
  { callers, seconds, body }: { callers: number; seconds: number; body: PreparedBody },
): Promise<{ readonly capacity: Capacity; readonly samples: readonly Sample[] }> {
  const samples = await closedLoad(callers, seconds, () => caller.call(body));
  const times = latenciesOf(samples, OK);
  const capacity = { perSecond: times.length / seconds, serviceMs: quantile(times, 0.5) };
  return { capacity, samples };
}

/** Makes a caller with the server's first key. */
export function callerOf(server: Pick<RigServer, "address" | "key">): Caller {
  return createCaller(server.address, server.key);
}
