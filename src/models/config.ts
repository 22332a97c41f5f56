import { setting } from "../base/setting.ts";
import { textSetting } from "../base/setting-types.ts";

/** Settings of the models. */
export const MODELS_SETTINGS = {
  folder: setting("FACELOOM_MODELS_DIR", textSetting(), {
    defaultText: "`models` in the data folder",
    describe:
      "Folder of the converted models. It may be read-only when they have been built before, as in the container image.",
  }),
} as const;
