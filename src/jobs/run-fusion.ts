import { isAppError } from "../base/app-error.ts";
import { limitTime } from "../base/time-limit.ts";
import type { Downloader } from "../download/fetch-image.ts";
import type { DetectedFaces } from "../fusion/detect-faces.ts";
import type { FusionOptions, Screening } from "../fusion/fusion-options.ts";
import type { PictureFormat, Rect } from "../imaging/picture.ts";
import type { SideLimits } from "../imaging/picture-header.ts";
import type { Credentials } from "../labels/credentials/credentials.ts";
import type { ModeratedPicture, Moderation } from "../moderation/moderation.ts";
import { parseResultLink } from "../storage/result-link.ts";
import type { Storage } from "../storage/storage.ts";
import type { PoolAnswer, WorkerPool } from "../workers/pool.ts";
import type { JobsConfig } from "./config.ts";
import { decodedLength } from "./encode-base64.ts";
import { notAdmitted, resultEmpty, resultNotStored } from "./errors.ts";
import { finishResult } from "./finish-result.ts";
import { type GatheredPictures, gatherPictures } from "./gather-pictures.ts";
import { createPixelBudget, type PixelBudget } from "./pixel-budget.ts";
import { type ResultLabels, requestFrom } from "./request-from.ts";

/** Where a picture comes from. */
export type PictureSource =
  | { readonly kind: "url"; readonly url: string }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array };

/** A fusion as a caller ordered it, checked and in our own words. */
export interface FusionJob {
  readonly requestId: string;
  readonly accountId: string;
  readonly template: PictureSource;
  /** 1 to 6. */
  readonly merges: readonly {
    readonly user: PictureSource;
    readonly userFaceRect?: Rect | undefined;
    readonly templateFaceRect?: Rect | undefined;
  }[];
  readonly options: Omit<FusionOptions, "label" | "screening">;
  /** The visible label; undefined for none. */
  readonly label?:
    | { readonly image?: PictureSource | undefined; readonly rect?: Rect | undefined }
    | undefined;
  readonly delivery: "base64" | "url";
  /** How long a link to the result lives, seconds; without it as the storage is configured. */
  readonly lifetimeSeconds?: number | undefined;
  /** Bounds on the template and the user photos that are tighter than those of the engine. */
  readonly bounds?: PictureBounds | undefined;
}

/** Bounds on the pictures of one action. */
export interface PictureBounds {
  readonly sidesPx: SideLimits;
  /** Of a file behind a URL. */
  readonly maxFileBytes: number;
}

/** The fused picture as ordered: base64 as ASCII bytes, or the path of a link to it. */
export type FusionAnswer = (
  | { readonly delivery: "base64"; readonly base64: Buffer }
  | { readonly delivery: "url"; readonly path: string; readonly stored?: StoredAs | undefined }
) & {
  readonly width: number;
  readonly height: number;
  readonly format: PictureFormat;
  /** Milliseconds by step, `download` and `store` taken in. */
  readonly stepMs: Readonly<Record<string, number>>;
  /** How good each face is likely to look, 0..1, in the order of the merges. */
  readonly quality: readonly number[];
  /** Time spent waiting for a worker. */
  readonly queueMs: number;
  /** Sizes of all pictures that came in, one used twice counted once, and of the result. */
  readonly pictureBytes: number;
  readonly resultBytes: number;
};

/** Under which name a result lies in the storage, and when it goes; without the link's signature nobody can fetch it. */
export interface StoredAs {
  readonly resultId: string;
  readonly resultExpiresAtMs: number;
}

/** Is told the name of each step as it begins; a face's steps come once for each face. */
export type OnStep = (name: string) => void;

/** Runs fusions from the order to the delivered picture. */
export interface FusionRunner extends AsyncDisposable {
  /**
   * Runs one fusion. Throws an AppError of the download, the pictures, the engine, the pool or the storage;
   * `overloaded` when it is not admitted, `deadline-exceeded` when time is up, and the signal's error (`cancelled`)
   * as soon as it aborts. Nothing of the caller's pictures is left behind. `onStep` hears of `download`, `queue`, the
   * engine's steps and `store` as they begin.
   */
  run(job: FusionJob, signal: AbortSignal, onStep?: OnStep): Promise<FusionAnswer>;
  /** Lists the faces of one picture; is admitted and throws as {@link run} without what concerns users and results. */
  detect(
    order: { readonly picture: PictureSource; readonly accountId: string },
    signal: AbortSignal,
  ): Promise<DetectedFaces>;
  /** Pixels of the pictures that wait or run now. */
  pixelsInFlight(): number;
  /** Takes no more fusions and resolves when those in progress have ended. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What the runner works with; the owner closes them after it. */
export interface FusionRunnerParts {
  readonly download: Downloader;
  readonly pool: Pick<WorkerPool, "run" | "detect" | "checkRoom">;
  readonly storage: Pick<Storage, "put">;
  /** What results say of their origin. */
  readonly labels: ResultLabels;
  /** Signs results; without it nobody does. */
  readonly credentials?: Pick<Credentials, "sign"> | undefined;
  /** Looks at all pictures but labels before they are fused and at results; without it nobody does. */
  readonly moderation?: Moderation | undefined;
  /** What the engine is to refuse by what it shows; without it nothing. */
  readonly screening?: Screening | undefined;
}

/** Makes the runner. */
export function createFusionRunner(config: JobsConfig, parts: FusionRunnerParts): FusionRunner {
  const budget = createPixelBudget(config.maxPixelsInFlight);
  const inFlight = new Set<Promise<unknown>>();
  let isDraining = false;

  async function admit<T>(work: () => Promise<T>): Promise<T> {
    if (isDraining) throw notAdmitted("draining");
    if (inFlight.size >= config.maxInFlight) throw notAdmitted("in-flight");
    const running = work();
    inFlight.add(running);
    try {
      return await running;
    } finally {
      inFlight.delete(running);
    }
  }

  return {
    run: (job, signal, onStep) =>
      admit(() => runFusion({ job, signal, onStep }, { ...parts, config, budget })),
    detect: (order, signal) =>
      admit(() => runDetection(order, signal, { ...parts, config, budget })),
    pixelsInFlight: () => budget.usedPixels,
    async [Symbol.asyncDispose]() {
      isDraining = true;
      await Promise.allSettled(inFlight);
    },
  };
}

type RunParts = FusionRunnerParts & {
  readonly config: JobsConfig;
  readonly budget: PixelBudget;
};

async function runDetection(
  { picture, accountId }: Parameters<FusionRunner["detect"]>[0],
  signal: AbortSignal,
  { download, pool, config, budget }: RunParts,
): Promise<DetectedFaces> {
  using limit = limitTime(config.deadlineMs, signal);
  const { maxPicturePixels } = config;
  const gathered = await gatherPictures(
    { accountId, template: picture, merges: [] },
    { download, maxPicturePixels },
    limit.signal,
  );
  using _pixels = budget.take(gathered.pixels);
  const call = { signal: limit.signal, caller: accountId };
  return await pool.detect({ picture: gathered.template }, call);
}

async function runFusion(
  {
    job,
    signal,
    onStep,
  }: {
    readonly job: FusionJob;
    readonly signal: AbortSignal;
    readonly onStep?: OnStep | undefined;
  },
  parts: RunParts,
): Promise<FusionAnswer> {
  using limit = limitTime(parts.config.deadlineMs, signal);
  const startedMs = performance.now();
  const { download, moderation, config } = parts;
  const { maxPicturePixels } = config;
  // What would be turned away after its downloads is turned away before.
  parts.pool.checkRoom(job.accountId);
  onStep?.("download");
  const pictures = await gatherPictures(job, { download, maxPicturePixels }, limit.signal);
  const call = { ...job, signal: limit.signal };
  await moderation?.check(inputsOf(pictures), call);
  const downloadMs = performance.now() - startedMs;
  using _pixels = parts.budget.take(pictures.pixels);
  const isResultModerated = moderation?.covers("result") ?? false;
  const isFinished = !isResultModerated && parts.credentials === undefined;
  const encoding = job.delivery === "base64" && isFinished ? "base64" : "bytes";
  const request = requestFrom(job, pictures, parts);
  onStep?.("queue");
  const fused = await parts.pool.run(
    { request, encoding },
    { signal: limit.signal, caller: job.accountId, ...(onStep && { onStep }) },
  );
  if (job.delivery === "url") onStep?.("store");
  if (fused.image.byteLength === 0) throw resultEmpty();
  const known = { ...fused, downloadMs, pictureBytes: bytesOf(pictures) };
  if (isResultModerated) await moderation?.check([{ role: "result", bytes: fused.image }], call);
  const { credentials } = parts;
  const finishing = { credentials, signal: limit.signal };
  const image = isFinished ? fused.image : await finishResult(job, request, fused, finishing);
  return await deliver(job, { ...known, image }, parts.storage);
}

function bytesOf({ template, users, label }: GatheredPictures): number {
  const pictures = new Set([template, ...users, ...(label ? [label] : [])]);
  return [...pictures].reduce((sum, { length }) => sum + length, 0);
}

function inputsOf({ template, users }: GatheredPictures): readonly ModeratedPicture[] {
  return [
    { role: "template", bytes: template },
    ...users.map((bytes) => ({ role: "user" as const, bytes })),
  ];
}

async function deliver(
  job: FusionJob,
  fused: PoolAnswer & { readonly downloadMs: number; readonly pictureBytes: number },
  storage: Pick<Storage, "put">,
): Promise<FusionAnswer> {
  const { image, format, width, height, quality, queueMs, pictureBytes } = fused;
  const known = { width, height, format, quality, queueMs, pictureBytes };
  const timed = { download: fused.downloadMs, ...fused.stepMs };
  if (job.delivery === "base64") {
    const base64 = Buffer.from(image.buffer, image.byteOffset, image.byteLength);
    const resultBytes = decodedLength(base64);
    return { delivery: "base64", base64, ...known, resultBytes, stepMs: timed };
  }
  const startedMs = performance.now();
  const { accountId, requestId, lifetimeSeconds } = job;
  const result = { bytes: image, format, accountId, requestId, lifetimeSeconds };
  const { path } = await put(storage, result);
  const store = performance.now() - startedMs;
  const sizes = { ...known, resultBytes: image.length };
  return { delivery: "url", path, stored: nameIn(path), ...sizes, stepMs: { ...timed, store } };
}

function nameIn(path: string): StoredAs | undefined {
  const link = parseResultLink(path);
  return link && { resultId: link.id, resultExpiresAtMs: link.expiresAt * 1000 };
}

async function put(
  storage: Pick<Storage, "put">,
  result: Parameters<Storage["put"]>[0],
): ReturnType<Storage["put"]> {
  try {
    return await storage.put(result);
  } catch (error) {
    throw isAppError(error) ? error : resultNotStored(error);
  }
}
