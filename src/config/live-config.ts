import type { Config, EffectiveSetting, ReadConfig } from "./config.ts";

/** A configuration whose live settings follow the newest reading, wherever it has been handed to. */
export interface LiveConfig {
  readonly config: Config;
  /** Takes a new reading over and tells what changed by it, by name. */
  take(next: ReadConfig): {
    readonly changed: readonly string[];
    readonly needsRestart: readonly string[];
  };
}

/** Makes a configuration that can be changed. What is not live stays as it was at the start. */
export function createLiveConfig(start: ReadConfig): LiveConfig {
  const values = new Map(start.settings.map(({ name, value }) => [name, value]));
  const sections: Record<string, object> = {};
  for (const { section, key, name } of start.settings) {
    sections[section] ??= {};
    const get = (): unknown => values.get(name);
    Object.defineProperty(sections[section], key, { get, enumerable: true });
  }
  const { data: _, ...rest } = sections;
  return {
    config: Object.freeze({ ...rest, dataDir: start.config.dataDir }) as Config,
    take(next) {
      const different = next.settings.filter((one) => !isSame(one, values.get(one.name)));
      const live = different.filter(({ setting }) => setting.isLive);
      for (const { name, value } of live) values.set(name, value);
      const fixed = different.filter(({ setting }) => !setting.isLive);
      return {
        changed: live.map(({ name }) => name),
        needsRestart: fixed.map(({ name }) => name),
      };
    },
  };
}

function isSame({ value }: EffectiveSetting, current: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(current);
}
