import { writeFileSync } from "node:fs";
import { writeExample } from "../src/config/write-settings.ts";
import { renderClients } from "./render-clients.ts";
import { renderConfiguration } from "./render-configuration.ts";
import { renderDashboard } from "./render-dashboard.ts";
import { renderErrors } from "./render-errors.ts";
import { renderMetrics } from "./render-metrics.ts";

/** Writes the documents that are made from the code: `npm run docs`. */
const DOCUMENTS = {
  "docs/clients.md": renderClients,
  "config/example.yaml": writeExample,
  "docs/configuration.md": renderConfiguration,
  "docs/errors.md": renderErrors,
  "docs/metrics.md": renderMetrics,
  "monitoring/dashboard.json": renderDashboard,
} as const;

for (const [file, render] of Object.entries(DOCUMENTS)) {
  writeFileSync(new URL(`../${file}`, import.meta.url), render());
  console.log(file);
}
