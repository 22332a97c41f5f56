import type { ResultOrigin } from "../src/labels/result-origin.ts";

/** What results of benchmarks say of their origin. */
export const BENCH_ORIGIN: ResultOrigin = {
  produceId: "00000000-0000-4000-8000-000000000000",
  producer: "Faceloom",
  creatorTool: "Faceloom bench",
  createdAtMs: 0,
  hasWatermark: false,
};
