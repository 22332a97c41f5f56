import { setting } from "../base/setting.ts";
import { switchSetting, textSetting, wordSetting } from "../base/setting-types.ts";

const URL_TEXT = /^https?:\/\/\S+$/;

/** What the server says about itself. */
export const TELEMETRY_SETTINGS = {
  logLevel: setting(
    "FACELOOM_LOG_LEVEL",
    wordSetting(["silent", "error", "warn", "info", "debug"]),
    {
      default: "info",
      isLive: true,
      describe: "Least important log lines that are written (stderr, JSON).",
    },
  ),
  otlpEndpoint: setting(
    "OTEL_EXPORTER_OTLP_ENDPOINT",
    textSetting(URL_TEXT, "http(s)://host[:port]"),
    {
      describe:
        "OpenTelemetry collector that gets a trace of each call, as OTLP over HTTP in JSON, at `/v1/traces` below this address; without it there are no traces.",
    },
  ),
  otlpTracesEndpoint: setting(
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
    textSetting(URL_TEXT, "http(s)://host[:port]/path"),
    { describe: "The whole address for traces, in place of the one above." },
  ),
  otlpHeaders: setting("OTEL_EXPORTER_OTLP_HEADERS", textSetting(), {
    secret: true,
    describe: "Headers for the collector, as `name=value` with commas between.",
  }),
  serviceName: setting("OTEL_SERVICE_NAME", textSetting(), {
    default: "faceloom",
    describe: "Name of this server in traces.",
  }),
  isTracingOff: setting("OTEL_SDK_DISABLED", switchSetting(), {
    default: false,
    describe: "No traces, whatever else says.",
  }),
  trustsTraceparent: setting("FACELOOM_TRUST_TRACEPARENT", switchSetting(), {
    default: false,
    describe:
      "Take the trace that a call belongs to from its `traceparent` header. For servers behind a proxy of your own that sets it; it is never sent on to where pictures are.",
  }),
} as const;
