import { AppError } from "../base/app-error.ts";
import type { ConfigOf, Setting } from "../base/setting.ts";
import type { Environment } from "./environment.ts";
import { processEnvironment } from "./environment.ts";
import { type ListedSetting, listSettings } from "./setting-list.ts";
import { SETTINGS } from "./settings.ts";
import { type ConfigSources, type GivenText, gatherTexts } from "./sources.ts";

type Sections = typeof SETTINGS;

/** All settings' values, each component's in its own part; frozen. */
export type Config = { readonly [K in Exclude<keyof Sections, "data">]: ConfigOf<Sections[K]> } & {
  readonly dataDir: string;
};

/** One setting as it is in effect. */
export interface EffectiveSetting extends ListedSetting {
  readonly value: unknown;
  /** Where the value stands; undefined for the default. */
  readonly origin: string | undefined;
}

/** The configuration with the origin of each value. */
export interface ReadConfig {
  readonly config: Config;
  readonly settings: readonly EffectiveSetting[];
}

/** Reads the configuration from the environment and the file that it names; see {@link readConfig}. */
export function loadConfig(environment: Environment = processEnvironment()): Config {
  return readConfig({ environment }).config;
}

/**
 * Reads the configuration: defaults, over these a file, the environment and the command line. Throws one
 * `configuration-invalid` that lists every fault: the name, what it was set to (but for secrets), what is allowed;
 * unknown names with the nearest known one.
 */
export function readConfig(sources: ConfigSources): ReadConfig {
  const faults: string[] = [];
  const listed = listSettings();
  const given = gatherTexts(sources, listed, faults);
  const settings = listed.map((one) => readSetting(one, given.get(one.name), faults));
  checkTogether(settings, faults);
  if (faults.length > 0) {
    const list = faults.map((fault) => `  ${fault}`).join("\n");
    throw new AppError("configuration-invalid", `The configuration is not valid:\n${list}`);
  }
  return { config: configFrom(settings), settings };
}

function readSetting(
  listed: ListedSetting,
  given: GivenText | undefined,
  faults: string[],
): EffectiveSetting {
  const { setting, name } = listed;
  const byDefault = { ...listed, value: setting.default, origin: undefined };
  if (given === undefined) return byDefault;
  const result = setting.type.safeParse(given.text);
  if (result.success) return { ...listed, value: result.data, origin: given.origin };
  const told = setting.secret ? "what was given" : JSON.stringify(given.text);
  const allowed = result.error.issues[0]?.message ?? "something else";
  const isVariable = given.origin.startsWith(setting.env);
  const where = isVariable ? given.origin : `${name} (${given.origin})`;
  faults.push(`${where} must be ${allowed}; it is ${told}.`);
  return { ...byDefault, origin: given.origin };
}

/** What no setting can know alone. */
function checkTogether(settings: readonly EffectiveSetting[], faults: string[]): void {
  const { accounts, credentials } = SETTINGS;
  const isGiven = (setting: Setting<unknown>): boolean =>
    settings.some((one) => one.setting === setting && one.origin !== undefined);
  for (const [one, other] of [
    [accounts.bootstrapSecretId, accounts.bootstrapSecretKey],
    [credentials.certificate, credentials.key],
  ] as const) {
    if (isGiven(one) !== isGiven(other)) {
      faults.push(`${one.env} and ${other.env} belong together: set both or none.`);
    }
  }
}

function configFrom(settings: readonly EffectiveSetting[]): Config {
  const sections: Record<string, Record<string, unknown>> = {};
  for (const { section, key, value } of settings) {
    sections[section] ??= {};
    sections[section][key] = value;
  }
  for (const section of Object.values(sections)) Object.freeze(section);
  const { data, ...rest } = sections as { -readonly [K in keyof Sections]: ConfigOf<Sections[K]> };
  return Object.freeze({ ...rest, dataDir: data.dataDir });
}
