import { stringify } from "yaml";
import type { Setting } from "../base/setting.ts";
import type { EffectiveSetting } from "./config.ts";
import { listSettings } from "./setting-list.ts";

/** Writes the configuration in effect as a file, with the origin of each value behind it; secrets are hidden. */
export function writeEffective(settings: readonly EffectiveSetting[]): string {
  return bySection(settings, ({ key, setting, value, origin }) => {
    const isHidden = setting.secret && value !== undefined;
    const shown = isHidden ? '"[hidden]"' : scalar(value);
    return `  ${key}: ${shown} # ${origin ?? "default"}\n`;
  });
}

/** Writes a file that sets nothing and explains everything: config/example.yaml. */
export function writeExample(): string {
  const settings = listSettings().filter(({ setting }) => !setting.secret);
  return `# Every setting of a configuration file, with its default. Remove the mark from the lines that you change.
# Written by \`npm run docs\`; a test keeps it like the settings.
#
#   faceloom serve --config config/example.yaml       or FACELOOM_CONFIG=config/example.yaml
#
# The environment wins over the file, --set NAME=VALUE over both. Secrets are set by the environment only.
# Settings marked (live) are taken over by a running server on SIGHUP.

${bySection(settings, ({ key, setting }) => {
  const live = setting.isLive ? "(live) " : "";
  const lines = wrap(`${live}${setting.describe}`).map((line) => `  # ${line}\n`);
  return `${lines.join("")}  # ${key}: ${exampleOf(setting)}\n`;
})}`;
}

function bySection<S extends { readonly section: string }>(
  settings: readonly S[],
  write: (setting: S) => string,
): string {
  const sections = [...new Set(settings.map(({ section }) => section))];
  return sections
    .map((section) => {
      const own = settings.filter((one) => one.section === section);
      return `${section}:\n${own.map(write).join("")}`;
    })
    .join("\n");
}

function exampleOf(setting: Setting<unknown>): string {
  if (setting.defaultText !== undefined) return ` # ${setting.defaultText}`.trimStart();
  return setting.default === undefined ? "# unset" : scalar(setting.default);
}

function scalar(value: unknown): string {
  if (value === undefined) return "null";
  return stringify(value, { lineWidth: 0, collectionStyle: "flow" }).trim();
}

const WIDTH = 110;

function wrap(text: string): string[] {
  const lines: string[] = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1)!;
    if (line !== "" && line.length + word.length >= WIDTH) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines;
}
