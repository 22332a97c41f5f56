import { extname } from "node:path";
import { Worker } from "node:worker_threads";
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
  /** Returns the file with a signed manifest. */
  sign(bytes: Uint8Array, facts: SignedFacts): Promise<Uint8Array>;
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
 * decode strangers' pictures. Throws `configuration-invalid` when certificate, key or library cannot be used.
 */
export async function startCredentials(files: CertificateFiles): Promise<Credentials> {
  const entry = new URL(`./signing-thread${extname(import.meta.filename)}`, import.meta.url);
  const thread = new Worker(entry, { workerData: files });
  const ready = Promise.withResolvers<void>();
  const waiting = new Map<number, PromiseWithResolvers<Uint8Array>>();
  let lastId = 0;

  function fail(error: Error): void {
    ready.reject(error);
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  }

  function take(id: number): PromiseWithResolvers<Uint8Array> | undefined {
    const call = waiting.get(id);
    waiting.delete(id);
    return call;
  }

  thread.on("message", (message: SigningMessage) => {
    if (message.type === "ready") ready.resolve();
    else if (message.type === "unready") ready.reject(cannotSign(message));
    else if (message.type === "signed") take(message.id)?.resolve(message.bytes);
    else take(message.id)?.reject(new Error(`The result was not signed: ${message.message}`));
  });
  thread.on("error", fail);
  thread.on("exit", () => fail(new Error("The thread that signs has ended.")));

  const credentials: Credentials = {
    sign(bytes, facts) {
      lastId += 1;
      const call = Promise.withResolvers<Uint8Array>();
      waiting.set(lastId, call);
      // A copy of its own: what is moved to a thread is gone here.
      const own = new Uint8Array(bytes);
      thread.postMessage({ id: lastId, bytes: own, facts } satisfies SigningOrder, [own.buffer]);
      return call.promise;
    },
    async [Symbol.asyncDispose]() {
      await thread.terminate();
    },
  };
  try {
    await ready.promise;
    return credentials;
  } catch (error) {
    await thread.terminate();
    throw error;
  }
}

function cannotSign({ isExpected, message }: Extract<SigningMessage, { type: "unready" }>): Error {
  return isExpected ? new AppError("configuration-invalid", message) : new Error(message);
}
