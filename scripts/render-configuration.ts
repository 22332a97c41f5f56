import type { Setting, Settings } from "../src/base/setting.ts";
import { SETTINGS } from "../src/config/settings.ts";

/** Titles of the components whose settings are listed. */
const TITLES: Readonly<Record<keyof typeof SETTINGS, string>> = {
  data: "Data",
  http: "HTTP server",
  console: "Web console",
  accounts: "Accounts",
  protocol: "Gateway",
  actions: "Actions",
  download: "Downloads of pictures",
  moderation: "Moderation",
  audit: "Audit trail",
  privacy: "Retention statement",
  labels: "Labels",
  credentials: "Content Credentials",
  storage: "Stored results",
  jobs: "Fusions",
  workers: "Workers",
  operations: "Probes and metrics",
  admin: "Operator",
  telemetry: "Log",
};

/** Returns docs/configuration.md as the settings make it. */
export function renderConfiguration(): string {
  const sections = Object.entries(SETTINGS).map(
    ([name, settings]) => `## ${TITLES[name as keyof typeof SETTINGS]}\n\n${table(settings)}`,
  );
  return `# Configuration

Faceloom is configured by environment variables only. Written by \`npm run docs\` from the \`config.ts\` of each
component; a test keeps both alike.

- Unset and empty mean the default.
- A wrong value or an unknown name that begins with \`FACELOOM_\` stops the start with exit code 78; all faults are named
  at once, with what was given (never for secrets) and what is allowed.
- The original limits FuseFaceUltra to 2 calls a second; a server of one's own is not limited by default
  (\`FACELOOM_RATE_PER_SECOND\`).

${sections.join("\n\n")}
`;
}

function table(settings: Settings): string {
  const rows = Object.values(settings).map(
    (one) => `| \`${one.env}\` | ${defaultText(one)} | ${one.describe.replaceAll("|", "\\|")} |`,
  );
  return ["| Variable | Default | Meaning |", "|---|---|---|", ...rows].join("\n");
}

function defaultText(one: Setting<unknown>): string {
  if (one.defaultText !== undefined) return one.defaultText;
  const isEmpty = Array.isArray(one.default) && one.default.length === 0;
  return one.default === undefined || isEmpty ? "–" : `\`${String(one.default)}\``;
}
