import { type ConfigOf, setting } from "../base/setting.ts";
import { switchSetting } from "../base/setting-types.ts";

/** The web console in the server. */
export const CONSOLE_SETTINGS = {
  isOn: setting("FACELOOM_CONSOLE", switchSetting(), {
    default: true,
    describe:
      "Serves the web console at `/console/`; a browser that opens `/` is sent there. Its calls are signed like any other.",
  }),
  keepsParameters: setting("FACELOOM_CONSOLE_KEEP_PARAMETERS", switchSetting(), {
    default: false,
    describe:
      "For development: keeps the parameters of the last calls, pictures too, in memory (64 MiB at most), for their own account to see in the console.",
  }),
} as const;

/** The console's part of the configuration. */
export type ConsoleConfig = ConfigOf<typeof CONSOLE_SETTINGS>;
