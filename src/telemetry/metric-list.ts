/** What one metric counts, measures or times. */
export interface MetricSpec {
  readonly kind: "counter" | "gauge" | "histogram";
  /** With the unit in it, as Prometheus asks. */
  readonly name: string;
  /** One sentence for docs/metrics.md and for collectors. */
  readonly help: string;
  /** Label names; their values come from closed sets, never from callers. */
  readonly labels: readonly string[];
  /** Upper bounds of a histogram. */
  readonly buckets?: readonly number[];
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60] as const;

/** Every metric of the server, once, beside those that Node's process brings; docs/metrics.md prints the list. */
export const METRICS = {
  requests: {
    kind: "counter",
    name: "faceloom_requests_total",
    help: "Answered calls of the API by action and wire code; `OK` is success, `other` an action that does not exist.",
    labels: ["action", "code"],
  },
  requestSeconds: {
    kind: "histogram",
    name: "faceloom_request_duration_seconds",
    help: "Time from a whole body to the written answer; outcome is `ok`, `refused` (the caller's fault or overload) or `failed` (ours).",
    labels: ["action", "outcome"],
    buckets: SECONDS,
  },
  spanSeconds: {
    kind: "histogram",
    name: "faceloom_span_duration_seconds",
    help: "Time of one part of a fusion: `queue`, `download`, `store` and each step of the engine.",
    labels: ["span"],
    buckets: SECONDS,
  },
  requestsInProgress: {
    kind: "gauge",
    name: "faceloom_requests_in_progress",
    help: "Calls of the API that are at work now.",
    labels: [],
  },
  rejected: {
    kind: "counter",
    name: "faceloom_rejected_total",
    help: "Calls turned away for want of room: `rate`, `queue`, `wait`, `downloads`, `pixels`, `in-flight`, `body`, `disk`, `draining`, `quarantine`, `workers`, `failures`.",
    labels: ["reason"],
  },
  authFailures: {
    kind: "counter",
    name: "faceloom_auth_failures_total",
    help: "Calls refused with a code of the family `AuthFailure`.",
    labels: ["code"],
  },
  adminLogins: {
    kind: "counter",
    name: "faceloom_admin_logins_total",
    help: "Tokens shown to the operator's listener: `accepted` or `refused`.",
    labels: ["result"],
  },
  clockSkewSeconds: {
    kind: "histogram",
    name: "faceloom_clock_skew_seconds",
    help: "How far the timestamps of signed calls are from the server's clock, early or late.",
    labels: [],
    buckets: [1, 2, 5, 10, 30, 60, 120, 300, 600],
  },
  queueLength: {
    kind: "gauge",
    name: "faceloom_queue_length",
    help: "Fusions that wait for a worker.",
    labels: [],
  },
  queueLimit: {
    kind: "gauge",
    name: "faceloom_queue_limit",
    help: "Fusions that may wait for a worker.",
    labels: [],
  },
  queueWaitSeconds: {
    kind: "gauge",
    name: "faceloom_queue_wait_estimate_seconds",
    help: "How long a fusion that came now would probably wait for a worker.",
    labels: [],
  },
  pixelsInFlight: {
    kind: "gauge",
    name: "faceloom_pixels_in_flight",
    help: "Pixels of the pictures that wait or run.",
    labels: [],
  },
  workers: {
    kind: "gauge",
    name: "faceloom_workers",
    help: "Worker processes by state: `starting`, `idle`, `busy`.",
    labels: ["state"],
  },
  workerRestarts: {
    kind: "counter",
    name: "faceloom_worker_restarts_total",
    help: "Workers that were replaced: `crash`, `hang` (over the deadline), `cancel` (the caller left), `recycle` (memory or age).",
    labels: ["reason"],
  },
  workerRssBytes: {
    kind: "gauge",
    name: "faceloom_worker_rss_bytes",
    help: "Resident memory of all workers together, each as it was after its last fusion.",
    labels: [],
  },
  jobs: {
    kind: "counter",
    name: "faceloom_jobs_total",
    help: "Fusions that a worker answered.",
    labels: [],
  },
  downloads: {
    kind: "counter",
    name: "faceloom_downloads_total",
    help: "Downloads of callers' URLs: `ok`, `url-illegal`, `too-large`, `empty`, `cancelled`, `no-slot`, or the layer that refused or failed.",
    labels: ["result"],
  },
  downloadBytes: {
    kind: "counter",
    name: "faceloom_download_bytes_total",
    help: "Bytes of pictures that were downloaded whole.",
    labels: [],
  },
  ssrfBlocked: {
    kind: "counter",
    name: "faceloom_ssrf_blocked_total",
    help: "URLs refused because of where they lead: `url` (scheme, port, user name, spelling), `name`, `address`, `redirect`.",
    labels: ["layer"],
  },
  resultsBytes: {
    kind: "gauge",
    name: "faceloom_results_bytes",
    help: "Bytes of all stored results.",
    labels: [],
  },
  resultsQuotaBytes: {
    kind: "gauge",
    name: "faceloom_results_quota_bytes",
    help: "Bytes that all stored results may take.",
    labels: [],
  },
  diskFreeBytes: {
    kind: "gauge",
    name: "faceloom_results_free_bytes",
    help: "Free space of the file system that results are stored in.",
    labels: [],
  },
  diskSizeBytes: {
    kind: "gauge",
    name: "faceloom_results_filesystem_bytes",
    help: "Size of the file system that results are stored in.",
    labels: [],
  },
  resultsStored: {
    kind: "counter",
    name: "faceloom_results_stored_total",
    help: "Results that were stored behind a link.",
    labels: [],
  },
  resultsDeleted: {
    kind: "counter",
    name: "faceloom_results_deleted_total",
    help: "Stored results that were deleted: `expired` or `asked`.",
    labels: ["why"],
  },
  reaperLagSeconds: {
    kind: "gauge",
    name: "faceloom_reaper_lag_seconds",
    help: "Time since every stored result was last looked at; expired ones are deleted then.",
    labels: [],
  },
  inputsStored: {
    kind: "counter",
    name: "faceloom_inputs_stored_total",
    help: "Callers' pictures that were written to a disk. There is no code that does; anything but 0 is a fault.",
    labels: [],
  },
  auditDropped: {
    kind: "counter",
    name: "faceloom_audit_dropped_total",
    help: "Rows of the audit trail that could not be written.",
    labels: [],
  },
  traceSpansDropped: {
    kind: "counter",
    name: "faceloom_trace_spans_dropped_total",
    help: "Spans of traces that no collector took.",
    labels: [],
  },
  logLinesDropped: {
    kind: "counter",
    name: "faceloom_log_lines_dropped_total",
    help: "Log lines that were lost because nobody read the log.",
    labels: [],
  },
  configReloadSuccess: {
    kind: "gauge",
    name: "faceloom_config_reload_success",
    help: "1 when the configuration in use is the one last asked for, 0 when a reload was refused.",
    labels: [],
  },
  buildInfo: {
    kind: "gauge",
    name: "faceloom_build_info",
    help: "Always 1; the labels tell the versions.",
    labels: ["version", "node"],
  },
} as const satisfies Readonly<Record<string, MetricSpec>>;

type List = typeof METRICS;

/** Names of the metrics of one kind, or of all. */
export type MetricName<K extends MetricSpec["kind"] = MetricSpec["kind"]> = {
  [N in keyof List]: List[N]["kind"] extends K ? N : never;
}[keyof List];
