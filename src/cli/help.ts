import type { Command } from "./command.ts";

/** The text of `faceloom --help`. */
export function overviewHelp(commands: Readonly<Record<string, { summary: string }>>): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => [name, summary] as const);
  return `Usage: faceloom COMMAND [OPTIONS]

Commands:
${columns(lines)}

faceloom COMMAND --help explains a command, faceloom --version prints the version.
`;
}

/** The text of `faceloom COMMAND --help`. */
export function commandHelp(command: Command): string {
  const options = Object.entries(command.options).map(([name, option]) => {
    const value = option.value === undefined ? "" : ` ${option.value}`;
    return [`--${name}${value}`, option.describe] as const;
  });
  return `Usage: faceloom ${command.usage}

${command.describe}

Options:
${columns([...options, ["--help", "Show this"]])}
`;
}

function columns(lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([left]) => left.length)) + 2;
  return lines.map(([left, right]) => `  ${left.padEnd(width)}${right}`).join("\n");
}
