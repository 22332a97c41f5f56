import { type ConfigOf, setting } from "../base/setting.ts";
import { integerSetting } from "../base/setting-types.ts";

const GIBIBYTE = 1024 ** 3;

/** Settings of stored results: lifetime and room. */
export const STORAGE_SETTINGS = {
  ttlSeconds: setting("FACELOOM_RESULT_TTL_SECONDS", integerSetting(1, 31 * 86_400), {
    default: 86_400,
    isLive: true,
    describe: "How long a result can be fetched by its URL.",
  }),
  quotaBytes: setting("FACELOOM_RESULT_QUOTA_BYTES", integerSetting(0, 2 ** 49), {
    default: 10 * GIBIBYTE,
    isLive: true,
    describe: "Most bytes that all stored results together may take.",
  }),
  minFreeBytes: setting("FACELOOM_RESULT_MIN_FREE_BYTES", integerSetting(0, 2 ** 49), {
    default: GIBIBYTE,
    isLive: true,
    describe: "No result is stored while the file system has less free space than this.",
  }),
  sweepSeconds: setting("FACELOOM_RESULT_SWEEP_SECONDS", integerSetting(1, 86_400), {
    default: 600,
    describe: "Time in which every expired result is found and deleted from the disk.",
  }),
} as const;

/** The storage's part of the configuration. */
export type StorageConfig = ConfigOf<typeof STORAGE_SETTINGS>;
