import { setPriority } from "node:os";
import type { DetectedFaces } from "../fusion/detect-faces.ts";
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
import { createRest, type Rest } from "./rest.ts";

/** What a worker needs of an engine, the product's own or one of a test. */
export interface WorkerEngine {
  fuse(
    request: FusionRequest,
    watch: { readonly onStep?: (name: string) => void },
  ): Promise<FusionResult>;
  detect(picture: Uint8Array): Promise<DetectedFaces>;
  /** Makes the first job nearly as fast as later ones. */
  warmUp?(): Promise<void>;
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
    await engine.warmUp?.();
    const rest = createRest((rssBytes) => send({ type: "rested", rssBytes }));
    takeJobs(rest, {
      fuse: (jobId, job) => runJob(engine, jobId, job),
      detect: (jobId, picture) => runDetection(engine, jobId, picture),
    });
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

/** What to do with a job once its pictures are there. */
interface JobRunners {
  fuse(jobId: number, job: WorkerJob): Promise<void>;
  detect(jobId: number, picture: Uint8Array): Promise<void>;
}

/** Collects the pictures of a job, which come in parts, until the last message tells what to do with them. */
function takeJobs(rest: Rest, runners: JobRunners): void {
  let pictures: readonly Uint8Array[] = [];
  process.on("message", (message: PoolMessage) => {
    switch (message.type) {
      case "pictures":
        rest.wake();
        pictures = message.byteLengths.map((length) => new Uint8Array(length));
        break;
      case "part":
        pictures[message.picture]!.set(message.bytes, message.at);
        break;
      case "run":
        void runners.fuse(message.jobId, putPictures(message.outline, pictures)).then(rest.lieDown);
        pictures = [];
        break;
      case "detect":
        void runners.detect(message.jobId, pictures[0]!).then(rest.lieDown);
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
    sendFailure(jobId, error);
  }
}

async function runDetection(
  engine: WorkerEngine,
  jobId: number,
  picture: Uint8Array,
): Promise<void> {
  try {
    const faces = await engine.detect(picture);
    send({ type: "detected", jobId, faces, rssBytes: process.memoryUsage.rss() });
  } catch (error) {
    sendFailure(jobId, error);
  }
}

function sendFailure(jobId: number, error: unknown): void {
  send({ type: "failed", jobId, error: packError(error), rssBytes: process.memoryUsage.rss() });
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
