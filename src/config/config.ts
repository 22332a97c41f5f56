import { AppError } from "../base/app-error.ts";
import type { ConfigOf, Setting, Settings } from "../base/setting.ts";
import type { Environment } from "./environment.ts";
import { processEnvironment } from "./environment.ts";
import { nearestName } from "./nearest-name.ts";
import { SETTINGS } from "./settings.ts";

type Sections = typeof SETTINGS;

/** All settings' values, each component's in its own part; frozen. */
export type Config = { readonly [K in Exclude<keyof Sections, "data">]: ConfigOf<Sections[K]> } & {
  readonly dataDir: string;
};

/** Every variable of ours begins so. */
const PREFIX = "FACELOOM_";

/**
 * Reads the configuration from the environment. Throws one `configuration-invalid` that lists every fault: the
 * variable, what it was set to (but for secrets), what is allowed; unknown names with the nearest known one.
 */
export function loadConfig(environment: Environment = processEnvironment()): Config {
  const faults: string[] = unknownNames(environment);
  const parts = Object.entries(SETTINGS).map(([name, settings]) => {
    return [name, readSection(settings, environment, faults)] as const;
  });
  checkTogether(environment, faults);
  if (faults.length > 0) {
    const list = faults.map((fault) => `  ${fault}`).join("\n");
    throw new AppError("configuration-invalid", `The configuration is not valid:\n${list}`);
  }
  const { data, ...sections } = Object.fromEntries(parts) as {
    -readonly [K in keyof Sections]: ConfigOf<Sections[K]>;
  };
  return Object.freeze({ ...sections, dataDir: data.dataDir });
}

function readSection(settings: Settings, environment: Environment, faults: string[]): object {
  const entries = Object.entries(settings).map(([name, one]) => {
    return [name, readSetting(one, environment, faults)];
  });
  return Object.freeze(Object.fromEntries(entries));
}

function readSetting(one: Setting<unknown>, environment: Environment, faults: string[]): unknown {
  const text = environment[one.env];
  if (text === undefined || text === "") return one.default;
  const result = one.type.safeParse(text);
  if (result.success) return result.data;
  const given = one.secret ? "what was given" : JSON.stringify(text);
  const allowed = result.error.issues[0]?.message ?? "something else";
  faults.push(`${one.env} must be ${allowed}; it is ${given}.`);
  return one.default;
}

/** What no setting can know alone. */
function checkTogether(environment: Environment, faults: string[]): void {
  const { accounts, credentials } = SETTINGS;
  for (const [one, other] of [
    [accounts.bootstrapSecretId.env, accounts.bootstrapSecretKey.env],
    [credentials.certificate.env, credentials.key.env],
  ] as const) {
    if (!environment[one] !== !environment[other]) {
      faults.push(`${one} and ${other} belong together: set both or none.`);
    }
  }
}

function unknownNames(environment: Environment): string[] {
  const known = Object.values(SETTINGS).flatMap((section: Settings) =>
    Object.values(section).map((one) => one.env),
  );
  return Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name))
    .map((name) => `${name} is not a setting; did you mean ${nearestName(name, known)}?`);
}
