import { METRICS, type MetricSpec } from "../src/telemetry/metric-list.ts";

/** Returns docs/metrics.md as the list of metrics makes it. */
export function renderMetrics(): string {
  return `# Metrics

\`GET /metrics\` on the ops port ([operations.md](operations.md)) writes these in the text format of Prometheus, together
with what \`prom-client\` tells of the Node process (\`process_…\`, \`nodejs_…\`). Written by \`npm run docs\` from
\`src/telemetry/metric-list.ts\`; a test keeps both alike. Labels have values from closed lists only: no SecretId, no
account, no address, no URL is ever one.

[monitoring/alerts.yaml](../monitoring/alerts.yaml) has alert rules on them for Prometheus,
[monitoring/dashboard.json](../monitoring/dashboard.json) a dashboard for Grafana.

| Metric | Kind | Labels | Meaning |
|---|---|---|---|
${Object.values<MetricSpec>(METRICS).map(row).join("\n")}
`;
}

function row({ name, kind, labels, help }: MetricSpec): string {
  const names = labels.map((label) => `\`${label}\``).join(", ") || "–";
  return `| \`${name}\` | ${kind} | ${names} | ${help} |`;
}
