import { abortErrorOf } from "../../base/abort-error.ts";
import {
  moderationRefused,
  serviceUnavailable,
  serviceUnreadable,
  verdictUnknown,
} from "../errors.ts";
import type { ModeratedCall, ModeratedPicture, Moderator } from "../moderation.ts";
import { sha256Hex } from "../picture-digest.ts";

/** How an operator's service is asked. */
export interface WebhookOptions {
  readonly url: string;
  readonly token: string | undefined;
  readonly sends: "picture" | "hash";
  readonly timeoutMs: number;
  readonly allows: readonly string[];
  readonly blocks: readonly string[];
}

/** Answers that say: not you, or not here. A retry will not help; the settings are wrong. */
const REFUSALS = [401, 403, 404, 405, 407, 410];

/** Longest answer that is read; a verdict is a word. */
const MAX_ANSWER_CHARACTERS = 65_536;

/**
 * Makes a moderator that asks an operator's service over HTTP, once for each picture and without a retry. Redirects are
 * not followed: a picture goes to the address in the settings and nowhere else.
 */
export function createWebhookModerator(options: WebhookOptions): Moderator {
  return {
    async check(picture, call) {
      const verdict = await ask(options, picture, call);
      if (options.blocks.includes(verdict)) {
        throw moderationRefused({ role: picture.role, verdict });
      }
      if (!options.allows.includes(verdict)) throw verdictUnknown(verdict);
    },
  };
}

async function ask(
  options: WebhookOptions,
  picture: ModeratedPicture,
  call: ModeratedCall,
): Promise<string> {
  const response = await send(options, picture, call);
  if (REFUSALS.includes(response.status)) throw serviceUnavailable(response.status);
  if (!response.ok) throw serviceUnreadable(`status ${response.status}`);
  return verdictIn(await readText(response, call));
}

async function send(
  { url, token, sends, timeoutMs }: WebhookOptions,
  picture: ModeratedPicture,
  call: ModeratedCall,
): Promise<Response> {
  const { requestId, accountId, signal } = call;
  const { role, bytes } = picture;
  const query = new URLSearchParams({
    requestId,
    account: accountId,
    role,
    sha256: await sha256Hex(bytes),
    bytes: String(bytes.length),
  });
  const body = sends === "picture" ? (bytes as Uint8Array<ArrayBuffer>) : null;
  const address = new URL(url);
  for (const [name, value] of query) address.searchParams.set(name, value);
  try {
    return await fetch(address, {
      method: "POST",
      body,
      redirect: "error",
      headers: {
        accept: "application/json",
        ...(body && { "content-type": typeOf(bytes) }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
  } catch (error) {
    if (signal.aborted) throw abortErrorOf(signal);
    throw failedToAsk(error);
  }
}

/** A name that does not exist is a wrong setting; anything else may be over in a second. */
function failedToAsk(error: unknown): Error {
  const { code } = ((error as Error).cause ?? {}) as { readonly code?: string };
  if (code === "ENOTFOUND") return serviceUnavailable(undefined, error);
  return serviceUnreadable(
    (error as Error).name === "TimeoutError" ? "timeout" : "no answer",
    error,
  );
}

/** The body is under the same time limit as the request. */
async function readText(response: Response, call: ModeratedCall): Promise<string> {
  try {
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > MAX_ANSWER_CHARACTERS) throw new Error("The answer is too long.");
    }
    return text;
  } catch (error) {
    if (call.signal.aborted) throw abortErrorOf(call.signal);
    throw serviceUnreadable("the answer breaks off", error);
  }
}

function verdictIn(text: string): string {
  try {
    const { verdict } = JSON.parse(text) as { readonly verdict?: unknown };
    if (typeof verdict === "string" && verdict !== "") return verdict;
  } catch (error) {
    throw serviceUnreadable("the answer is no JSON", error);
  }
  throw serviceUnreadable("the answer has no verdict");
}

function typeOf(bytes: Uint8Array): string {
  return bytes[0] === 0x89 ? "image/png" : "image/jpeg";
}
