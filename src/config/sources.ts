import { readFileSync } from "node:fs";
import { readConfigFile, secretFault } from "./config-file.ts";
import type { Environment } from "./environment.ts";
import { nearestName } from "./nearest-name.ts";
import type { ListedSetting } from "./setting-list.ts";

/** Where settings come from; each next one wins over the ones before: file, environment, command line. */
export interface ConfigSources {
  readonly environment: Environment;
  /** A file in place of that of `FACELOOM_CONFIG`. */
  readonly file?: string | undefined;
  /** `NAME=VALUE` of the command line, by the names that files use. */
  readonly sets?: readonly string[];
}

/** A setting's text and where it stands. */
export interface GivenText {
  readonly text: string;
  /** For people: the variable, the file or the flag. */
  readonly origin: string;
}

/** Names the configuration file in the environment. */
const CONFIG_FILE_VARIABLE = "FACELOOM_CONFIG";
/** Every variable of ours begins so. */
const PREFIX = "FACELOOM_";

/** Gathers what was given for each setting, by its name. Every fault goes to `faults`. */
export function gatherTexts(
  sources: ConfigSources,
  settings: readonly ListedSetting[],
  faults: string[],
): ReadonlyMap<string, GivenText> {
  const { environment, file = environment[CONFIG_FILE_VARIABLE], sets = [] } = sources;
  const given = new Map<string, GivenText>();
  if (file) {
    for (const [name, text] of readConfigFile(file, settings, faults)) {
      given.set(name, { text, origin: file });
    }
  }
  for (const one of settings) {
    const found = fromEnvironment(one, environment, faults);
    if (found !== undefined) given.set(one.name, found);
  }
  for (const set of sets) readSet(set, { settings, given, faults });
  faults.push(...unknownVariables(environment, settings));
  return given;
}

function fromEnvironment(
  { setting }: ListedSetting,
  environment: Environment,
  faults: string[],
): GivenText | undefined {
  const text = environment[setting.env];
  const file = setting.secret ? environment[`${setting.env}_FILE`] : undefined;
  if (text && file) faults.push(`${setting.env} and ${setting.env}_FILE exclude each other.`);
  if (text) return { text, origin: setting.env };
  return file ? fromSecretFile(`${setting.env}_FILE`, file, faults) : undefined;
}

/** An editor's line break at the end is no part of the secret. */
function fromSecretFile(variable: string, file: string, faults: string[]): GivenText | undefined {
  try {
    return { text: readFileSync(file, "utf8").replace(/\r?\n$/, ""), origin: variable };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    faults.push(`${variable} names ${file}, which cannot be read (${code}).`);
    return undefined;
  }
}

function readSet(
  set: string,
  to: {
    readonly settings: readonly ListedSetting[];
    readonly given: Map<string, GivenText>;
    readonly faults: string[];
  },
): void {
  const [, name = "", text = ""] = /^([^=]+)=(.*)$/s.exec(set) ?? [];
  const known = to.settings.find((one) => one.name === name);
  if (name === "") to.faults.push(`--set ${set}: it must be NAME=VALUE.`);
  else if (known === undefined) {
    const names = to.settings.map((one) => one.name);
    to.faults.push(`--set ${name} is not a setting; did you mean ${nearestName(name, names)}?`);
  }
  // What is on a command line can be read by everybody on the machine.
  else if (known.setting.secret) to.faults.push(`--set ${secretFault(known)}`);
  else if (text !== "") to.given.set(name, { text, origin: "--set" });
}

function unknownVariables(environment: Environment, settings: readonly ListedSetting[]): string[] {
  const known = settings.flatMap(({ setting }) =>
    setting.secret ? [setting.env, `${setting.env}_FILE`] : [setting.env],
  );
  known.push(CONFIG_FILE_VARIABLE);
  return Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name))
    .map((name) => `${name} is not a setting; did you mean ${nearestName(name, known)}?`);
}
