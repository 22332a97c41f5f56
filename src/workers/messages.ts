import { AppError, isAppError, type Reason } from "../base/app-error.ts";
import type { DetectedFaces } from "../fusion/detect-faces.ts";
import type { FusionRequest, FusionResult } from "../fusion/fusion-request.ts";
import type { JobOutline } from "./job-pictures.ts";

/** What a worker process is started with. */
export interface WorkerSettings {
  readonly modelsDir: string;
  /** Threads of the inference runtime. */
  readonly threads: number;
  /** URL of the module that makes the engine; without it the product's own. */
  readonly engineModule?: string;
}

/** One piece of work. */
export interface WorkerJob {
  readonly request: FusionRequest;
  /** `base64` answers ASCII text, so that the gateway never encodes pictures itself. */
  readonly encoding: "bytes" | "base64";
}

/** A picture whose faces are to be listed. */
export interface DetectJob {
  /** JPEG or PNG. */
  readonly picture: Uint8Array;
}

/** A finished fusion; `image` holds the file's bytes or their base64 text, as the job asked. */
export type WorkerAnswer = FusionResult;

/** An error on its way between processes, which classes do not survive. */
export type ErrorMessage =
  | {
      readonly kind: "expected";
      readonly reason: Reason;
      readonly message: string;
      readonly details: AppError["details"];
      readonly report: boolean;
    }
  | {
      readonly kind: "bug";
      readonly name: string;
      readonly message: string;
      readonly stack: string;
    };

/** From the pool to a worker: the sizes of a job's pictures, their bytes in parts and in order, then the job. */
export type PoolMessage =
  | { readonly type: "pictures"; readonly byteLengths: readonly number[] }
  | {
      readonly type: "part";
      readonly picture: number;
      readonly at: number;
      readonly bytes: Uint8Array;
    }
  | { readonly type: "run"; readonly jobId: number; readonly outline: JobOutline }
  /** Lists the faces of the one picture that was sent. */
  | { readonly type: "detect"; readonly jobId: number };

/** From a worker to the pool; `rssBytes` is its resident memory then. */
export type WorkerMessage =
  | { readonly type: "ready" }
  | { readonly type: "unready"; readonly error: ErrorMessage }
  /** It has been idle for a while and has given back what it could. */
  | { readonly type: "rested"; readonly rssBytes: number }
  | { readonly type: "step"; readonly jobId: number; readonly name: string }
  | { readonly type: "part"; readonly jobId: number; readonly bytes: Uint8Array }
  | {
      readonly type: "done";
      readonly jobId: number;
      /** Its image went ahead in parts, in order. */
      readonly answer: Omit<WorkerAnswer, "image">;
      readonly rssBytes: number;
    }
  | {
      readonly type: "detected";
      readonly jobId: number;
      readonly faces: DetectedFaces;
      readonly rssBytes: number;
    }
  | {
      readonly type: "failed";
      readonly jobId: number;
      readonly error: ErrorMessage;
      readonly rssBytes: number;
    };

/** Pictures travel in parts of this size: one message of 20 MB would hold up the gateway's event loop for 50 ms. */
export const PART_BYTES = 1024 ** 2;

/** Packs an error for the way. */
export function packError(error: unknown): ErrorMessage {
  if (isAppError(error)) {
    const { reason, message, details, report } = error;
    return { kind: "expected", reason, message, details, report };
  }
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: "bug", name, message, stack: stack ?? "" };
}

/** Unpacks an error; a bug becomes a plain Error that carries the worker's own stack. */
export function unpackError(packed: ErrorMessage): Error {
  if (packed.kind === "expected") {
    const { reason, message, details, report } = packed;
    return new AppError(reason, message, { details, report });
  }
  const error = new Error(`A worker failed: ${packed.name}: ${packed.message}`);
  error.stack = packed.stack;
  return error;
}
