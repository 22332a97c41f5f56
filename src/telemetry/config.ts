import { setting } from "../base/setting.ts";
import { wordSetting } from "../base/setting-types.ts";

/** What the server says about itself. */
export const TELEMETRY_SETTINGS = {
  logLevel: setting(
    "FACELOOM_LOG_LEVEL",
    wordSetting(["silent", "error", "warn", "info", "debug"]),
    {
      default: "info",
      isLive: true,
      describe: "Least important log lines that are written (stderr, JSON).",
    },
  ),
} as const;
