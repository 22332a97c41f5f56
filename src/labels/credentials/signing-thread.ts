import { parentPort, workerData } from "node:worker_threads";
import { isAppError } from "../../base/app-error.ts";
import { checkSigningKey } from "./check-signing-key.ts";
import { type SignedFacts, signPicture } from "./sign-picture.ts";
import { loadSigningKey, type SigningKey } from "./signing-key.ts";

/** A picture to be signed. */
export interface SigningOrder {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly facts: SignedFacts;
}

/** First, whether the thread can sign; then a signed picture for each order, or why there is none. */
export type SigningMessage =
  | { readonly type: "ready" }
  | { readonly type: "unready"; readonly isExpected: boolean; readonly message: string }
  | { readonly type: "signed"; readonly id: number; readonly bytes: Uint8Array }
  | { readonly type: "failed"; readonly id: number; readonly message: string };

try {
  const key = await loadSigningKey(workerData);
  await checkSigningKey(key);
  parentPort?.on("message", (order: SigningOrder) => void answer(order, key));
  send({ type: "ready" });
} catch (error) {
  send({ type: "unready", isExpected: isAppError(error), message: textOf(error) });
}

async function answer({ id, bytes, facts }: SigningOrder, key: SigningKey): Promise<void> {
  try {
    const signed = new Uint8Array(await signPicture(bytes, facts, key));
    send({ type: "signed", id, bytes: signed }, [signed.buffer]);
  } catch (error) {
    send({ type: "failed", id, message: textOf(error) });
  }
}

/** The library throws texts. */
function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function send(message: SigningMessage, moved: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved);
}
