/** One diagram: its title, the unit of its axis, and one query a line with the legend of each. */
interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly lines: readonly (readonly [query: string, legend: string])[];
}

/** Grafana puts the chosen data source in here. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana, not of ours
const DATASOURCE = "${datasource}";
const BY = 'instance=~"$instance"';

const PANELS: readonly Panel[] = [
  {
    title: "Calls by code",
    unit: "reqps",
    lines: [[`sum by (code) (rate(faceloom_requests_total{${BY}}[5m]))`, "{{code}}"]],
  },
  {
    title: "Time of successful calls",
    unit: "s",
    lines: [0.5, 0.95, 0.99].map((q) => [
      `histogram_quantile(${q}, sum by (le) (rate(faceloom_request_duration_seconds_bucket{${BY}, outcome="ok"}[5m])))`,
      `p${q * 100}`,
    ]),
  },
  {
    title: "Time by part of a fusion, mean",
    unit: "s",
    lines: [
      [
        `sum by (span) (rate(faceloom_span_duration_seconds_sum{${BY}}[5m])) / sum by (span) (rate(faceloom_span_duration_seconds_count{${BY}}[5m]))`,
        "{{span}}",
      ],
    ],
  },
  {
    title: "Turned away",
    unit: "reqps",
    lines: [[`sum by (reason) (rate(faceloom_rejected_total{${BY}}[5m]))`, "{{reason}}"]],
  },
  {
    title: "Queue",
    unit: "short",
    lines: [
      [`faceloom_queue_length{${BY}}`, "waiting {{instance}}"],
      [`faceloom_queue_limit{${BY}}`, "limit {{instance}}"],
    ],
  },
  {
    title: "Workers",
    unit: "short",
    lines: [[`sum by (state) (faceloom_workers{${BY}})`, "{{state}}"]],
  },
  {
    title: "Workers replaced in 10 minutes",
    unit: "short",
    lines: [
      [`sum by (reason) (increase(faceloom_worker_restarts_total{${BY}}[10m]))`, "{{reason}}"],
    ],
  },
  {
    title: "Memory",
    unit: "bytes",
    lines: [
      [`faceloom_worker_rss_bytes{${BY}}`, "workers {{instance}}"],
      [`process_resident_memory_bytes{${BY}}`, "gateway {{instance}}"],
    ],
  },
  {
    title: "Event loop delay, p99",
    unit: "s",
    lines: [[`nodejs_eventloop_lag_p99_seconds{${BY}}`, "{{instance}}"]],
  },
  {
    title: "Downloads",
    unit: "reqps",
    lines: [[`sum by (result) (rate(faceloom_downloads_total{${BY}}[5m]))`, "{{result}}"]],
  },
  {
    title: "URLs refused for where they lead",
    unit: "reqps",
    lines: [[`sum by (layer) (rate(faceloom_ssrf_blocked_total{${BY}}[5m]))`, "{{layer}}"]],
  },
  {
    title: "Stored results",
    unit: "bytes",
    lines: [
      [`faceloom_results_bytes{${BY}}`, "stored {{instance}}"],
      [`faceloom_results_quota_bytes{${BY}}`, "quota {{instance}}"],
      [`faceloom_results_free_bytes{${BY}}`, "free disk {{instance}}"],
    ],
  },
  {
    title: "Refused signatures",
    unit: "reqps",
    lines: [[`sum by (code) (rate(faceloom_auth_failures_total{${BY}}[5m]))`, "{{code}}"]],
  },
  {
    title: "Difference of clocks, median",
    unit: "s",
    lines: [
      [
        `histogram_quantile(0.5, sum by (le) (rate(faceloom_clock_skew_seconds_bucket{${BY}}[10m])))`,
        "median",
      ],
    ],
  },
];

/** Height of a panel and its width, in the dashboard's grid of 24 columns. */
const HEIGHT = 8;
const WIDTH = 8;

/** Returns monitoring/dashboard.json: the panels above, three in a row. */
export function renderDashboard(): string {
  const dashboard = {
    title: "Faceloom",
    uid: "faceloom",
    schemaVersion: 39,
    version: 1,
    editable: true,
    refresh: "30s",
    time: { from: "now-3h", to: "now" },
    tags: ["faceloom"],
    templating: {
      list: [
        { name: "datasource", label: "Data source", type: "datasource", query: "prometheus" },
        {
          name: "instance",
          label: "Instance",
          type: "query",
          datasource: { type: "prometheus", uid: DATASOURCE },
          query: { query: "label_values(faceloom_build_info, instance)", refId: "instances" },
          refresh: 2,
          includeAll: true,
          multi: true,
          current: { text: "All", value: "$__all" },
        },
      ],
    },
    panels: PANELS.map(panelFrom),
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

function panelFrom({ title, unit, lines }: Panel, i: number): object {
  const datasource = { type: "prometheus", uid: DATASOURCE };
  return {
    id: i + 1,
    type: "timeseries",
    title,
    datasource,
    gridPos: { x: (i % 3) * WIDTH, y: Math.floor(i / 3) * HEIGHT, w: WIDTH, h: HEIGHT },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    targets: lines.map(([expr, legendFormat], n) => ({
      refId: String.fromCharCode(65 + n),
      datasource,
      expr,
      legendFormat,
    })),
  };
}
