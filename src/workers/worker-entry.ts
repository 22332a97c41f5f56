import type { FusionRequest, FusionResult } from "../fusion/fusion-request.ts";
import {
  packError,
  type RunMessage,
  type WorkerJob,
  type WorkerMessage,
  type WorkerSettings,
} from "./messages.ts";

/** What a worker needs of an engine, the product's own or one of a test. */
export interface WorkerEngine {
  fuse(
    request: FusionRequest,
    watch: { readonly onStep?: (name: string) => void },
  ): Promise<FusionResult>;
}

/** A module that makes engines. */
export interface WorkerEngineModule {
  createFusionEngine(parts: {
    readonly modelsDir: string;
    readonly threads: number;
  }): Promise<WorkerEngine>;
}

await serveParent(JSON.parse(process.argv[2] ?? "{}"));

async function serveParent(settings: WorkerSettings): Promise<void> {
  // Without a parent nobody waits for an answer.
  process.on("disconnect", () => process.exit(0));
  // Ctrl-C reaches the whole process group; the parent decides whether running jobs may finish.
  process.on("SIGINT", () => undefined);
  try {
    const engine = await createEngine(settings);
    process.on("message", ({ jobId, job }: RunMessage) => void runJob(engine, jobId, job));
    send({ type: "ready" });
  } catch (error) {
    send({ type: "unready", error: packError(error) });
  }
}

async function createEngine({
  modelsDir,
  threads,
  engineModule,
}: WorkerSettings): Promise<WorkerEngine> {
  const module: WorkerEngineModule =
    engineModule === undefined ? await import("../fusion/fuse.ts") : await import(engineModule);
  return module.createFusionEngine({ modelsDir, threads });
}

async function runJob(engine: WorkerEngine, jobId: number, job: WorkerJob): Promise<void> {
  const onStep = (name: string) => send({ type: "step", jobId, name });
  try {
    const result = await engine.fuse(job.request, { onStep });
    const image = job.encoding === "base64" ? base64Text(result.image) : result.image;
    send({
      type: "done",
      jobId,
      answer: { ...result, image },
      rssBytes: process.memoryUsage.rss(),
    });
  } catch (error) {
    send({ type: "failed", jobId, error: packError(error), rssBytes: process.memoryUsage.rss() });
  }
}

function base64Text(bytes: Uint8Array): Buffer {
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Buffer.from(view.toString("base64"), "latin1");
}

function send(message: WorkerMessage): void {
  // Sending fails only when the parent is gone, and then the process ends by itself.
  process.send?.(message, () => undefined);
}
