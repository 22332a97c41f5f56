import { setPriority } from "node:os";
import type { FusionRequest, FusionResult } from "../fusion/fusion-request.ts";
import { putPictures } from "./job-pictures.ts";
import {
  PART_BYTES,
  type PoolMessage,
  packError,
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

/** The nice value of a worker; 0 is the gateway's. Ten steps are about a tenth of the share of a contended core. */
const LOW_PRIORITY = 10;

await serveParent(JSON.parse(process.argv[2] ?? "{}"));

async function serveParent(settings: WorkerSettings): Promise<void> {
  // Without a parent nobody waits for an answer.
  process.on("disconnect", () => process.exit(0));
  // Ctrl-C reaches the whole process group; the parent decides whether running jobs may finish.
  process.on("SIGINT", () => undefined);
  yieldToParent();
  try {
    const engine = await createEngine(settings);
    takeJobs((jobId, job) => void runJob(engine, jobId, job));
    send({ type: "ready" });
  } catch (error) {
    send({ type: "unready", error: packError(error) });
  }
}

/** Where cores are scarce the gateway goes first: it needs little, and callers wait for it. */
function yieldToParent(): void {
  try {
    setPriority(LOW_PRIORITY);
  } catch {
    // A sandbox may forbid it; the work is the same.
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

/** Collects the pictures of a job, which come in parts, until its outline tells what to do with them. */
function takeJobs(run: (jobId: number, job: WorkerJob) => void): void {
  let pictures: readonly Uint8Array[] = [];
  process.on("message", (message: PoolMessage) => {
    switch (message.type) {
      case "pictures":
        pictures = message.byteLengths.map((length) => new Uint8Array(length));
        break;
      case "part":
        pictures[message.picture]!.set(message.bytes, message.at);
        break;
      case "run":
        run(message.jobId, putPictures(message.outline, pictures));
        pictures = [];
        break;
    }
  });
}

async function runJob(engine: WorkerEngine, jobId: number, job: WorkerJob): Promise<void> {
  const onStep = (name: string) => send({ type: "step", jobId, name });
  try {
    const { image, ...answer } = await engine.fuse(job.request, { onStep });
    sendParts(jobId, job.encoding === "base64" ? base64Text(image) : image);
    send({ type: "done", jobId, answer, rssBytes: process.memoryUsage.rss() });
  } catch (error) {
    send({ type: "failed", jobId, error: packError(error), rssBytes: process.memoryUsage.rss() });
  }
}

function sendParts(jobId: number, image: Uint8Array): void {
  for (let at = 0; at < image.length; at += PART_BYTES) {
    send({ type: "part", jobId, bytes: image.subarray(at, at + PART_BYTES) });
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
