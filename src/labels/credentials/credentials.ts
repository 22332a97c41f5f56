import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import { abortErrorOf } from "../../base/abort-error.ts";
import { AppError } from "../../base/app-error.ts";
import type { SignedFacts } from "./sign-picture.ts";
import {
  type CertificateFiles,
  type CertificateSettings,
  certificateFilesOf,
} from "./signing-key.ts";
import type { SigningMessage, SigningOrder } from "./signing-thread.ts";

/** Signs results with the operator's certificate. */
export interface Credentials extends AsyncDisposable {
  /** Returns the file with a signed manifest. Throws the signal's error as soon as it aborts. */
  sign(bytes: Uint8Array, facts: SignedFacts, signal?: AbortSignal): Promise<Uint8Array>;
}

/** As {@link startCredentials} where the settings name a certificate; undefined where they do not. */
export async function openCredentials(
  settings: CertificateSettings,
): Promise<Credentials | undefined> {
  const files = certificateFilesOf(settings);
  return files && (await startCredentials(files));
}

/**
 * Starts the thread that signs: hashing does not hold up the event loop, and the key stays out of the processes that
 * decode strangers' pictures. A thread that ends is replaced with the next picture. Throws `configuration-invalid`
 * when certificate, key or library cannot be used.
 */
export async function startCredentials(files: CertificateFiles): Promise<Credentials> {
  let thread = startThread(files);
  await thread.ready;
  return {
    sign(bytes, facts, signal) {
      if (thread.hasEnded()) thread = startThread(files);
      return thread.sign(bytes, facts, signal);
    },
    [Symbol.asyncDispose]: () => thread.end(),
  };
}

interface SigningThread extends Pick<Credentials, "sign"> {
  readonly ready: Promise<void>;
  hasEnded(): boolean;
  end(): Promise<void>;
}

function startThread(files: CertificateFiles): SigningThread {
  const entry = new URL(`./signing-thread${extname(import.meta.filename)}`, import.meta.url);
  const worker = new Worker(entry, { workerData: files });
  const ready = Promise.withResolvers<void>();
  const waiting = new Map<number, PromiseWithResolvers<Uint8Array>>();
  let lastId = 0;
  let hasEnded = false;

  function fail(error: Error): void {
    hasEnded = true;
    ready.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  worker.on("message", (message: SigningMessage) => {
    if (message.type === "ready") ready.resolve();
    else if (message.type === "unready") fail(cannotSign(message));
    else if (message.type === "signed") waiting.get(message.id)?.resolve(message.bytes);
    else waiting.get(message.id)?.reject(new Error(`The result is not signed: ${message.message}`));
  });
  worker.on("error", fail);
  worker.on("exit", () => fail(new Error("The thread that signs has ended.")));
  ready.promise.catch(() => undefined); // whoever awaits it hears of it; nobody has to

  return {
    ready: ready.promise,
    hasEnded: () => hasEnded,
    async sign(bytes, facts, signal) {
      if (signal?.aborted) throw abortErrorOf(signal);
      const call = Promise.withResolvers<Uint8Array>();
      const stop = (): void => call.reject(signal && abortErrorOf(signal));
      lastId += 1;
      const id = lastId;
      waiting.set(id, call);
      signal?.addEventListener("abort", stop, { once: true });
      // A copy of its own: what is moved to a thread is gone here.
      const own = new Uint8Array(bytes);
      worker.postMessage({ id, bytes: own, facts } satisfies SigningOrder, [own.buffer]);
      try {
        return await call.promise;
      } finally {
        waiting.delete(id);
        signal?.removeEventListener("abort", stop);
      }
    },
    async end() {
      await worker.terminate();
    },
  };
}

function cannotSign({ isExpected, message }: Extract<SigningMessage, { type: "unready" }>): Error {
  return isExpected ? new AppError("configuration-invalid", message) : new Error(message);
}
