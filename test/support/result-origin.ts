import type { ResultLabels } from "../../src/jobs/request-from.ts";
import type { ResultOrigin } from "../../src/labels/result-origin.ts";

const KNOWN = {
  producer: "Test-Producer",
  creatorTool: "Faceloom 0.0.0",
  hasWatermark: false,
} as const;

/** Where the results of tests come from. */
export const AN_ORIGIN: ResultOrigin = {
  ...KNOWN,
  produceId: "6f1ed002-ab55-4a1c-8b6f-2d9f2c4f7a10",
  createdAtMs: Date.UTC(2026, 0, 2, 3, 4, 5),
};

/** The same as a runner of fusions gets it. */
export const RESULT_LABELS: ResultLabels = {
  ...KNOWN,
  language: "zh",
  visible: "as-asked",
  nowMs: () => AN_ORIGIN.createdAtMs,
};
