import { availableParallelism } from "node:os";
import { type ConfigOf, setting } from "../base/setting.ts";
import { integerSetting } from "../base/setting-types.ts";

const MEBIBYTE = 1024 ** 2;

/** Settings of the worker pool. */
export const WORKER_SETTINGS = {
  workers: setting("FACELOOM_WORKERS", integerSetting(1, 256), {
    default: availableParallelism(),
    defaultText: "one per CPU core",
    describe: "Worker processes; each does one fusion at a time.",
  }),
  queueLength: setting("FACELOOM_QUEUE_LENGTH", integerSetting(0, 10_000), {
    default: 4 * availableParallelism(),
    defaultText: "four per CPU core",
    describe:
      "Fusions that may wait for a worker; further ones are answered as overloaded at once.",
  }),
  maxWaitMs: setting("FACELOOM_QUEUE_MAX_WAIT_MS", integerSetting(1, 600_000), {
    default: 10_000,
    isLive: true,
    describe:
      "Longest probable wait for a worker, by the time that fusions take at present; with a longer one further fusions are answered as overloaded although the queue has room. One fusion a worker may wait in any case.",
  }),
  deadlineMs: setting("FACELOOM_WORKER_DEADLINE_MS", integerSetting(100, 600_000), {
    default: 25_000,
    isLive: true,
    describe: "Longest time of a fusion in queue and worker; the worker is killed then.",
  }),
  maxRssBytes: setting("FACELOOM_WORKER_MAX_RSS_BYTES", integerSetting(64 * MEBIBYTE, 2 ** 40), {
    default: 1536 * MEBIBYTE,
    isLive: true,
    describe: "A worker that holds more memory than this after a fusion is replaced.",
  }),
  maxIdleRssBytes: setting(
    "FACELOOM_WORKER_MAX_IDLE_RSS_BYTES",
    integerSetting(64 * MEBIBYTE, 2 ** 40),
    {
      // Above what any mixture of small fusions leaves, so that sparse calls do not replace a worker each.
      default: 320 * MEBIBYTE,
      isLive: true,
      describe:
        "A worker that still holds more memory than this after it has rested is replaced while it is idle.",
    },
  ),
  maxJobsPerWorker: setting("FACELOOM_WORKER_MAX_JOBS", integerSetting(1, 1_000_000), {
    default: 500,
    isLive: true,
    describe: "A worker is replaced after so many fusions.",
  }),
  maxAgeSeconds: setting("FACELOOM_WORKER_MAX_AGE_SECONDS", integerSetting(1, 31 * 86_400), {
    default: 6 * 3_600,
    isLive: true,
    describe: "A worker of this age is replaced after its next fusion.",
  }),
} as const;

/** The worker pool's part of the configuration. */
export type WorkerConfig = ConfigOf<typeof WORKER_SETTINGS>;
