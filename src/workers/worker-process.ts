import type { ChildProcess } from "node:child_process";
import type { DetectedFaces } from "../fusion/detect-faces.ts";
import { takePictures } from "./job-pictures.ts";
import { launchWorker } from "./launch.ts";
import {
  type DetectJob,
  PART_BYTES,
  type PoolMessage,
  unpackError,
  type WorkerAnswer,
  type WorkerJob,
  type WorkerMessage,
  type WorkerSettings,
} from "./messages.ts";

/** How a job ended in a worker that is still alive. */
export interface WorkerReport<A = WorkerAnswer> {
  readonly result: { readonly answer: A } | { readonly error: Error };
  /** Resident memory of the worker after the job. */
  readonly rssBytes: number;
}

/** One child process that does one job at a time. */
export interface WorkerProcess {
  readonly pid: number;
  /** Settles once: when the models are loaded, or with the reason why the worker cannot start. */
  readonly ready: Promise<void>;
  /** Settles when the process is gone, with how it went and its last words on stderr. */
  readonly gone: Promise<{ readonly how: string; readonly lastWords: string }>;
  /** Runs one job; undefined when the process dies before it has answered. */
  run(job: WorkerJob, onStep?: (name: string) => void): Promise<WorkerReport | undefined>;
  /** Lists the faces of a picture; otherwise as {@link run}. */
  detect(job: DetectJob): Promise<WorkerReport<DetectedFaces> | undefined>;
  /** Ends the process at once, in the middle of a job too. */
  kill(): void;
}

interface RunningJob {
  readonly jobId: number;
  readonly onStep: ((name: string) => void) | undefined;
  readonly finish: (report: WorkerReport<unknown> | undefined) => void;
  /** What has arrived of the image. */
  readonly parts: Uint8Array[];
}

/** A job on its way. */
interface Begun<A> {
  readonly jobId: number;
  readonly promise: Promise<WorkerReport<A> | undefined>;
}

/** Starts a worker process; `onRested` hears its resident memory when it has been idle for a while. */
export function startWorkerProcess(
  settings: WorkerSettings,
  environment: Readonly<Record<string, string | undefined>>,
  onRested: (rssBytes: number) => void,
): WorkerProcess {
  const child = launchWorker(settings, environment);
  const ready = Promise.withResolvers<void>();
  const gone = watchExit(child);
  let running: RunningJob | undefined;
  let lastJobId = 0;

  function finish(report: WorkerReport<unknown> | undefined): void {
    running?.finish(report);
    running = undefined;
  }

  /** Takes the next job; whoever sends its messages sees its number. */
  function begin<A>(onStep?: (name: string) => void): Begun<A> {
    const { promise, resolve } = Promise.withResolvers<WorkerReport<A> | undefined>();
    // The kind of the answer follows from the kind of the job.
    const finishJob = resolve as (report: WorkerReport<unknown> | undefined) => void;
    running = { jobId: ++lastJobId, onStep, finish: finishJob, parts: [] };
    return { jobId: lastJobId, promise };
  }

  function hearOfJob(message: Extract<WorkerMessage, { jobId: number }>): void {
    if (message.jobId !== running?.jobId) return;
    if (message.type === "step") running.onStep?.(message.name);
    else if (message.type === "part") running.parts.push(message.bytes);
    else finish({ result: resultOf(message, running.parts), rssBytes: message.rssBytes });
  }

  child.on("message", (message: WorkerMessage) => {
    if (message.type === "ready") ready.resolve();
    else if (message.type === "unready") ready.reject(unpackError(message.error));
    else if (message.type === "rested") onRested(message.rssBytes);
    else hearOfJob(message);
  });
  void gone.then(({ how, lastWords }) => {
    ready.reject(new Error(`A worker ended before it was ready (${how}). ${lastWords}`));
    finish(undefined);
  });
  ready.promise.catch(() => undefined); // whoever awaits it hears of it; nobody has to

  return {
    pid: child.pid ?? -1,
    ready: ready.promise,
    gone,
    run(job, onStep) {
      if (!child.connected) return Promise.resolve(undefined);
      const { jobId, promise } = begin<WorkerAnswer>(onStep);
      const { outline, pictures } = takePictures(job);
      void sendJob(child, pictures, { type: "run", jobId, outline });
      return promise;
    },
    detect({ picture }) {
      if (!child.connected) return Promise.resolve(undefined);
      const { jobId, promise } = begin<DetectedFaces>();
      void sendJob(child, [picture], { type: "detect", jobId });
      return promise;
    },
    kill: () => void child.kill("SIGKILL"),
  };
}

/** Sends part by part, each when the one before is on its way: the event loop turns in between. */
async function sendJob(
  child: ChildProcess,
  pictures: readonly Uint8Array[],
  order: PoolMessage,
): Promise<void> {
  // A failing send means that the process is dying: its end settles the job.
  const send = (message: PoolMessage): Promise<void> =>
    new Promise((resolve) => {
      if (child.connected) child.send(message, () => resolve());
    });
  await send({ type: "pictures", byteLengths: pictures.map(({ length }) => length) });
  for (const [picture, bytes] of pictures.entries()) {
    for (let at = 0; at < bytes.length; at += PART_BYTES) {
      await send({ type: "part", picture, at, bytes: bytes.subarray(at, at + PART_BYTES) });
    }
  }
  await send(order);
}

function resultOf(
  message: Extract<WorkerMessage, { type: "done" | "detected" | "failed" }>,
  parts: readonly Uint8Array[],
): WorkerReport<unknown>["result"] {
  if (message.type === "failed") return { error: unpackError(message.error) };
  if (message.type === "detected") return { answer: message.faces };
  return { answer: { ...message.answer, image: Buffer.concat(parts) } };
}

/** Enough for a stack trace; the pipe is always read, since a full one would block the worker. */
const LAST_WORDS_CHARACTERS = 2000;

function watchExit(child: ChildProcess): WorkerProcess["gone"] {
  let lastWords = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    lastWords = (lastWords + text).slice(-LAST_WORDS_CHARACTERS);
  });
  return new Promise((resolve) => {
    const end = (how: string) => resolve({ how, lastWords: lastWords.trim() });
    child.on("exit", (code, signal) => end(signal ?? `exit code ${code}`));
    // Only "cannot be started" comes without an exit.
    child.on("error", (error) => {
      if (child.pid === undefined) end(error.message);
    });
  });
}
