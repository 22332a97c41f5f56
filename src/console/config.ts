import { setting } from "../base/setting.ts";
import { switchSetting } from "../base/setting-types.ts";

/** The web console in the server. */
export const CONSOLE_SETTINGS = {
  isOn: setting("FACELOOM_CONSOLE", switchSetting(), {
    default: true,
    describe:
      "Serves the web console at `/console/`; a browser that opens `/` is sent there. Its calls are signed like any other.",
  }),
} as const;
