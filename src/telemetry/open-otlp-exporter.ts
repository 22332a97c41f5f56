import type { ConfigOf } from "../base/setting.ts";
import type { TELEMETRY_SETTINGS } from "./config.ts";
import { createOtlpExporter, type OtlpExporter } from "./otlp-exporter.ts";

/** Spans are sent together this often. */
const GATHER_MS = 2_000;

/** Makes the exporter that the settings ask for; undefined, and without any cost, when they name no collector. */
export function openOtlpExporter(
  config: ConfigOf<typeof TELEMETRY_SETTINGS>,
  versions: { readonly version: string },
): OtlpExporter | undefined {
  const { otlpEndpoint, otlpTracesEndpoint, isTracingOff } = config;
  const url =
    otlpTracesEndpoint ?? (otlpEndpoint && `${otlpEndpoint.replace(/\/$/, "")}/v1/traces`);
  if (url === undefined || isTracingOff) return undefined;
  const resource = {
    "service.name": config.serviceName,
    "service.version": versions.version,
  };
  return createOtlpExporter({
    url,
    headers: headersOf(config.otlpHeaders),
    resource,
    gatherMs: GATHER_MS,
  });
}

/** `name=value` pairs with commas between, values percent-encoded, as the variable's standard has it. */
function headersOf(text = ""): Readonly<Record<string, string>> {
  const pairs = text.split(",").map((pair) => /^\s*([^=]+?)\s*=\s*(.*?)\s*$/.exec(pair));
  return Object.fromEntries(
    pairs.flatMap((pair) => (pair === null ? [] : [[pair[1]!, decodeURIComponent(pair[2]!)]])),
  );
}
