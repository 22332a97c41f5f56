import { isAppError } from "../base/app-error.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import type { Downloader } from "./fetch-image.ts";

/** Faults that say where a URL leads rather than that something broke. */
const BLOCKED = ["name", "address", "redirect"];

/** What a refusal by its reason alone counts as. */
const BY_REASON: Readonly<Record<string, string>> = {
  "picture-bytes-exceeded": "too-large",
  "picture-missing": "empty",
  cancelled: "cancelled",
  "deadline-exceeded": "cancelled",
  "url-illegal": "url-illegal",
  overloaded: "no-slot",
};

/** Returns the same downloader with its downloads counted. */
export function measureDownloads(downloader: Downloader, metrics: Metrics): Downloader {
  return {
    async fetchImage(url, signal, account) {
      try {
        const image = await downloader.fetchImage(url, signal, account);
        metrics.count("downloads", { result: "ok" });
        metrics.count("downloadBytes", {}, image.length);
        return image;
      } catch (error) {
        countFailure(error, metrics);
        throw error;
      }
    },
  };
}

function countFailure(error: unknown, metrics: Metrics): void {
  const { reason = "", details = {} } = isAppError(error) ? error : {};
  const result = BY_REASON[reason] ?? String(details.fault ?? "connection");
  metrics.count("downloads", { result });
  if (reason === "url-illegal") metrics.count("ssrfBlocked", { layer: "url" });
  else if (BLOCKED.includes(result)) metrics.count("ssrfBlocked", { layer: result });
}
