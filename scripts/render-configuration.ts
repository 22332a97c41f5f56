import type { Setting, Settings } from "../src/base/setting.ts";
import { SETTINGS } from "../src/config/settings.ts";

/** Titles of the components whose settings are listed. */
const TITLES: Readonly<Record<keyof typeof SETTINGS, string>> = {
  data: "Data",
  models: "Models",
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
    ([name, settings]) => `## ${TITLES[name as keyof typeof SETTINGS]}\n\n${table(name, settings)}`,
  );
  return `# Configuration

A setting has a name for files and the command line (\`http.port\`) and one for the environment (\`FACELOOM_HTTP_PORT\`).
Written by \`npm run docs\` from the \`config.ts\` of each component; a test keeps both alike.

- From weak to strong: the default, a file, the environment, \`faceloom serve --set http.port=8081\`.
- The file is YAML or JSON, named by \`faceloom serve --config FILE\` or \`FACELOOM_CONFIG\`;
  [config/example.yaml](../config/example.yaml) has every setting.
- Secrets are set by the environment only: by the variable itself or by one with \`_FILE\` behind it that names a file,
  such as \`FACELOOM_ADMIN_TOKEN_FILE\`.
- Unset and empty mean the default.
- A wrong value or an unknown name stops the start with exit code 78; all faults are named at once, with what was given
  (never for secrets) and what is allowed. \`faceloom serve --check-config\` only checks, \`--print-config\` prints what is
  in effect and where each value stands.
- SIGHUP has the file read again. Settings marked "live" change at once; the log names changed ones that need a restart. A
  file with faults changes nothing and is told in the log and by \`faceloom_config_reload_success\`. Accounts and keys need no
  signal: they change with the next call.
- The original limits FuseFaceUltra to 2 calls a second; a server of one's own is not limited by default
  (\`FACELOOM_RATE_PER_SECOND\`).

${sections.join("\n\n")}
`;
}

function table(section: string, settings: Settings): string {
  const rows = Object.entries(settings).map(([key, one]) => {
    const live = one.isLive ? " *Live.*" : "";
    const name = one.secret ? "–" : `\`${section}.${key}\``;
    return `| \`${one.env}\` | ${name} | ${defaultText(one)} | ${one.describe.replaceAll("|", "\\|")}${live} |`;
  });
  return ["| Variable | In files | Default | Meaning |", "|---|---|---|---|", ...rows].join("\n");
}

function defaultText(one: Setting<unknown>): string {
  if (one.defaultText !== undefined) return one.defaultText;
  const isEmpty = Array.isArray(one.default) && one.default.length === 0;
  return one.default === undefined || isEmpty ? "–" : `\`${String(one.default)}\``;
}
