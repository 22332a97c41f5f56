import path from "node:path";
import type { ConfigOf } from "../base/setting.ts";
import type { MODELS_SETTINGS } from "./config.ts";

/** Returns the folder of converted models: the one that is set, else `models` in the data folder. */
export function modelsDirOf(config: {
  readonly models: ConfigOf<typeof MODELS_SETTINGS>;
  readonly dataDir: string;
}): string {
  return config.models.folder ?? path.join(config.dataDir, "models");
}
