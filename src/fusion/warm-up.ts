import { DEFAULT_FUSION_OPTIONS } from "./fusion-options.ts";
import type { FusionRequest } from "./fusion-request.ts";
import { SAMPLE_PORTRAIT } from "./sample-portrait.ts";

/** After so many fusions a call takes hardly longer than a later one; the first alone takes three to four times as long. */
const MAX_ROUNDS = 5;
/** A round that ends after this is the last: on a busy machine it is better to begin than to be quick. */
export const ENOUGH_WARM_UP_MS = 800;

/**
 * Fuses a small drawing with itself a few times: the first calls of a process are slow, since its loops are compiled and its
 * networks and memory set up while they run. Nothing of it is kept. A
 * round that ends after `enoughMs` is the last.
 */
export async function warmUp(
  fuse: (request: FusionRequest) => Promise<unknown>,
  enoughMs: number,
): Promise<void> {
  const drawing = Buffer.from(SAMPLE_PORTRAIT, "base64");
  const request: FusionRequest = {
    template: drawing,
    merges: [{ user: drawing }],
    options: DEFAULT_FUSION_OPTIONS,
    origin: {
      ...{ produceId: "", producer: "", creatorTool: "" },
      ...{ createdAtMs: 0, hasWatermark: false },
    },
  };
  const startedMs = performance.now();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    await fuse(request);
    if (performance.now() - startedMs > enoughMs) return;
  }
}
