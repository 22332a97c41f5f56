import { isAppError } from "../../src/base/app-error.ts";
import { DEFAULT_FUSION_OPTIONS, type FusionOptions } from "../../src/fusion/fusion-options.ts";
import { createWorkerPool } from "../../src/workers/pool.ts";
import { childrenOf } from "../../test/rig/rig-server.ts";
import { BENCH_ORIGIN } from "../bench-origin.ts";
import { type ProcessMemory, readProcessMemory } from "./process-memory.ts";

/** A call of the benchmark. */
export interface BenchCall {
  readonly template: Uint8Array;
  readonly users: readonly Uint8Array[];
  readonly options?: Partial<FusionOptions>;
}

/** One worker of the product with a process of its own, which is never replaced for its age or its jobs. */
export interface OneWorker extends AsyncDisposable {
  /** Runs a call; returns `ok` or the reason of a refusal. */
  run(call: BenchCall): Promise<string>;
  memory(): ProcessMemory;
}

/** Starts a worker; `maxIdleRssMiB` is the limit above which it is replaced while idle, none without. */
export async function startOneWorker(
  modelsDir: string,
  maxIdleRssMiB = 2 ** 20,
): Promise<OneWorker> {
  const pool = await createWorkerPool(
    {
      workers: 1,
      queueLength: 4,
      deadlineMs: 600_000,
      maxRssBytes: 2 ** 40,
      maxIdleRssBytes: maxIdleRssMiB * 2 ** 20,
      maxJobsPerWorker: 1e6,
      maxAgeSeconds: 1e6,
      maxWaitMs: 600_000,
    },
    {
      modelsDir,
      logger: { info: () => undefined, warn: (...said) => console.error(...said) },
      environment: process.env,
    },
  );
  return {
    async run({ template, users, options = {} }) {
      const request = {
        template,
        merges: users.map((user) => ({ user })),
        options: { ...DEFAULT_FUSION_OPTIONS, ...options },
        origin: BENCH_ORIGIN,
      };
      try {
        await pool.run({ request, encoding: "base64" });
        return "ok";
      } catch (error) {
        if (isAppError(error)) return error.reason;
        throw error;
      }
    },
    memory: () => readProcessMemory(childrenOf(process.pid).at(-1)!),
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  };
}
