import { monitorEventLoopDelay } from "node:perf_hooks";

/** How late the event loop ran, in ms, since it was last asked. */
export interface EventLoopDelay {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** Watches the event loop of this process. */
export interface EventLoopWatch extends Disposable {
  /** Returns the delays since the last reading and starts anew. */
  read(): EventLoopDelay;
}

/** Timers are set this far apart. Node counts it as part of each delay; what is reported here is the lateness alone. */
const RESOLUTION_MS = 5;

/** Starts watching. A reading counts from the previous one, so that a load test can bracket its own time. */
export function watchEventLoop(): EventLoopWatch {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const inMs = (nanoseconds: number): number => {
    const late = nanoseconds / 1e6 - RESOLUTION_MS;
    return Number.isFinite(late) ? Math.max(0, Math.round(late * 100) / 100) : 0;
  };
  return {
    read() {
      const delay = {
        p50Ms: inMs(histogram.percentile(50)),
        p99Ms: inMs(histogram.percentile(99)),
        maxMs: inMs(histogram.max),
      };
      histogram.reset();
      return delay;
    },
    [Symbol.dispose]: () => histogram.disable(),
  };
}
