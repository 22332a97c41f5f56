import { type ConfigOf, setting } from "../base/setting.ts";
import { integerSetting } from "../base/setting-types.ts";

/** Settings of fusions as a whole: time and admission. */
export const JOBS_SETTINGS = {
  deadlineMs: setting("FACELOOM_DEADLINE_MS", integerSetting(100, 600_000), {
    default: 30_000,
    isLive: true,
    describe: "Longest time of a fusion from its first download to its stored result.",
  }),
  maxInFlight: setting("FACELOOM_JOB_MAX_IN_FLIGHT", integerSetting(1, 100_000), {
    default: 64,
    isLive: true,
    describe:
      "Fusions that may download, wait and run at once; further ones are answered as overloaded.",
  }),
  maxPicturePixels: setting("FACELOOM_MAX_PICTURE_PIXELS", integerSetting(4_096, 64_000_000), {
    default: 64_000_000,
    isLive: true,
    describe: "Most pixels of one picture; the default is the API's own 8000x8000.",
  }),
  maxPixelsInFlight: setting("FACELOOM_JOB_MAX_PIXELS_IN_FLIGHT", integerSetting(1, 2 ** 49), {
    default: 256_000_000,
    describe:
      "Pixels of all pictures that wait or run at once (count 16 bytes of worker memory for each); one fusion alone may have more.",
  }),
} as const;

/** The jobs' part of the configuration. */
export type JobsConfig = ConfigOf<typeof JOBS_SETTINGS>;
