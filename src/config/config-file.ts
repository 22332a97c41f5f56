import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { nearestName } from "./nearest-name.ts";
import type { ListedSetting } from "./setting-list.ts";

/** Texts of settings by their name, as the types of the settings read them. */
export type SettingTexts = ReadonlyMap<string, string>;

/**
 * Reads a file of YAML (or JSON, which is YAML as well): sections, and in them settings with a single value or a list.
 * Every fault goes to `faults`: a file that cannot be read, unknown names with the nearest known one, secrets.
 */
export function readConfigFile(
  file: string,
  settings: readonly ListedSetting[],
  faults: string[],
): SettingTexts {
  const content = parseFile(file, faults);
  const texts = new Map<string, string>();
  for (const [name, value] of namesOf(content, file, faults)) {
    const fault = faultOf(name, value, settings);
    if (fault !== undefined) faults.push(`${file}: ${fault}`);
    else if (value !== null) texts.set(name, textOf(value));
  }
  return texts;
}

function parseFile(file: string, faults: string[]): unknown {
  try {
    return parse(readFileSync(file, "utf8")) ?? {};
  } catch (error) {
    const [reason = ""] = (error as Error).message.split("\n");
    faults.push(`${file} cannot be read: ${reason.replace(/:$/, "")}.`);
    return {};
  }
}

function* namesOf(
  content: unknown,
  file: string,
  faults: string[],
): Generator<readonly [name: string, value: unknown]> {
  if (!isMapping(content)) {
    faults.push(`${file}: it must consist of sections with settings in them.`);
    return;
  }
  for (const [section, settings] of Object.entries(content)) {
    if (settings === null) continue;
    if (!isMapping(settings)) yield [section, settings];
    else for (const [key, value] of Object.entries(settings)) yield [`${section}.${key}`, value];
  }
}

function faultOf(
  name: string,
  value: unknown,
  settings: readonly ListedSetting[],
): string | undefined {
  const known = settings.find((one) => one.name === name);
  if (known === undefined) {
    const names = settings.map((one) => one.name);
    return `${name} is not a setting; did you mean ${nearestName(name, names)}?`;
  }
  if (value === null) return undefined;
  if (known.setting.secret) return secretFault(known);
  const isList = Array.isArray(value) && value.every((entry) => !isMapping(entry));
  return isMapping(value) || (Array.isArray(value) && !isList)
    ? `${name} must be a single value or a list.`
    : undefined;
}

/** Says where a secret belongs. */
export function secretFault({ name, setting }: ListedSetting): string {
  return `${name} is a secret: set ${setting.env} or ${setting.env}_FILE in the environment.`;
}

function textOf(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(",") : String(value);
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
