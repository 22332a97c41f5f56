import type { Setting, Settings } from "../base/setting.ts";
import { SETTINGS } from "./settings.ts";

/** A setting and its place. */
export interface ListedSetting {
  /** The component, which is also the first level of a configuration file. */
  readonly section: string;
  readonly key: string;
  /** `section.key`: the setting's name in files and for `--set`. */
  readonly name: string;
  readonly setting: Setting<unknown>;
}

/** Returns every setting in the order of the documents. */
export function listSettings(): readonly ListedSetting[] {
  return Object.entries<Settings>(SETTINGS).flatMap(([section, settings]) =>
    Object.entries(settings).map(([key, setting]) => {
      return { section, key, name: `${section}.${key}`, setting };
    }),
  );
}
