import { abortErrorOf } from "../base/abort-error.ts";
import { AppError } from "../base/app-error.ts";

/** The line of jobs that wait for something of type T, here an idle worker. */
export interface JobLine<T> {
  readonly length: number;
  /**
   * Waits for a turn; `isReturning` jobs, whose worker died, go to the front and are never turned away.
   * Throws `overloaded` at once when the line is full, or the signal's error when it aborts.
   */
  wait(signal: AbortSignal, isReturning: boolean): Promise<T>;
  /** Hands `item` to the first in line; false when nobody waits. */
  serve(item: T): boolean;
  /** Sends everybody away. */
  close(error: Error): void;
}

interface Waiter<T> {
  readonly enter: (item: T) => void;
  readonly leave: (error: Error) => void;
}

/** Makes a line for at most `maxLength` jobs. */
export function createJobLine<T>(maxLength: number): JobLine<T> {
  const waiters: Waiter<T>[] = [];

  function join(signal: AbortSignal, isReturning: boolean): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const leaveLine = () => {
      waiters.splice(waiters.indexOf(waiter), 1);
      reject(abortErrorOf(signal));
    };
    const settle = () => signal.removeEventListener("abort", leaveLine);
    const waiter: Waiter<T> = {
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
    if (isReturning) waiters.unshift(waiter);
    else waiters.push(waiter);
    return promise;
  }

  return {
    get length() {
      return waiters.length;
    },
    async wait(signal, isReturning) {
      if (signal.aborted) throw abortErrorOf(signal);
      if (!isReturning && waiters.length >= maxLength) throw lineFull(maxLength);
      return await join(signal, isReturning);
    },
    serve(item) {
      const first = waiters.shift();
      first?.enter(item);
      return first !== undefined;
    },
    close(error) {
      for (const waiter of waiters.splice(0)) waiter.leave(error);
    },
  };
}

function lineFull(maxLength: number): AppError {
  return new AppError(
    "overloaded",
    "The server is busy: the queue is full. Try again in a second.",
    {
      details: { bound: "queue", maxLength },
    },
  );
}
