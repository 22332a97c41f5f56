import { abortErrorOf } from "../base/abort-error.ts";
import { lineFull } from "./errors.ts";
import { createTurns } from "./turns.ts";

/** Who waits. */
export interface Waiting {
  readonly signal: AbortSignal;
  /** Whose job it is; the callers of one name share a turn. */
  readonly caller: string;
  /** A job whose worker died goes to the front and is never turned away. */
  readonly isReturning: boolean;
}

/** The line of jobs that wait for something of type T, here an idle worker. */
export interface JobLine<T> {
  readonly length: number;
  /**
   * Waits for a turn. Callers take turns, each caller's jobs in their order, so that one with many jobs holds up only
   * its own. When the line is full and another caller has at least two more jobs in it than this one, that caller's
   * newest job leaves in favour of this one.
   * Throws `overloaded` at once when the line is full, later when the job has to leave it, or the signal's error.
   */
  wait(waiting: Waiting): Promise<T>;
  /** Throws what {@link wait} would throw at once. */
  checkRoom(caller: string): void;
  /** Hands `item` to the first in line; false when nobody waits. */
  serve(item: T): boolean;
  /** Sends everybody away. */
  close(error: Error): void;
}

interface Waiter<T> {
  readonly caller: string;
  readonly enter: (item: T) => void;
  readonly leave: (error: Error) => void;
}

/** Makes a line for at most `maxLength` jobs. */
export function createJobLine<T>(maxLength: number): JobLine<T> {
  const turns = createTurns<Waiter<T>>();

  function join({ signal, caller, isReturning }: Waiting): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const leaveLine = () => {
      turns.remove(waiter);
      reject(abortErrorOf(signal));
    };
    const settle = () => signal.removeEventListener("abort", leaveLine);
    const waiter: Waiter<T> = {
      caller,
      enter(item) {
        settle();
        resolve(item);
      },
      leave(error) {
        settle();
        reject(error);
      },
    };
    signal.addEventListener("abort", leaveLine, { once: true });
    turns.add(waiter, isReturning);
    return promise;
  }

  function makeRoom(caller: string): void {
    const leaving = turns.takeSurplus(caller);
    if (leaving === undefined) throw lineFull(maxLength);
    leaving.leave(lineFull(maxLength));
  }

  return {
    get length() {
      return turns.length;
    },
    async wait(waiting) {
      if (waiting.signal.aborted) throw abortErrorOf(waiting.signal);
      if (!waiting.isReturning && turns.length >= maxLength) makeRoom(waiting.caller);
      return await join(waiting);
    },
    checkRoom(caller) {
      if (turns.length >= maxLength && !turns.hasSurplus(caller)) throw lineFull(maxLength);
    },
    serve(item) {
      const next = turns.takeNext();
      next?.enter(item);
      return next !== undefined;
    },
    close(error) {
      for (const waiter of turns.all()) {
        turns.remove(waiter);
        waiter.leave(error);
      }
    },
  };
}
