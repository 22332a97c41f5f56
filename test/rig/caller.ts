import { createHash, createHmac } from "node:crypto";
import { Agent, request } from "node:http";
import type { ClientKey } from "../support/tc3-client.ts";

/** Outcome of a call that was answered with success. */
export const OK = "ok";
/** Outcome of a call that was answered with `RequestLimitExceeded`. */
export const BUSY = "RequestLimitExceeded";

/** A body with its digest, made once and sent many times. */
export interface PreparedBody {
  readonly bytes: Buffer;
  readonly sha256: string;
}

/** Digests the parameters of a FuseFaceUltra call. */
export function prepareBody(parameters: object): PreparedBody {
  const bytes = Buffer.from(JSON.stringify(parameters));
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** What a call may be told beside its body. */
export interface CallOptions {
  /** Hangs up when it aborts. */
  readonly signal?: AbortSignal;
  /** How far this side's clock is ahead of the machine's. */
  readonly skewSeconds?: number;
  /** Is given the answer's text. */
  readonly onText?: (text: string) => void;
}

/**
 * Sends FuseFaceUltra calls over kept connections. A call resolves with {@link OK}, the wire's error code, `gone` when
 * this side hung up, `refused` when nobody listens, or `lost` with what went wrong.
 */
export interface Caller extends Disposable {
  call(body: PreparedBody, options?: CallOptions): Promise<string>;
}

/** Makes a caller with one key. */
export function createCaller(address: string, key: ClientKey): Caller {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 64 });
  const { hostname, port, host } = new URL(address);
  const attempt = (
    body: PreparedBody,
    options: CallOptions,
  ): Promise<{ readonly outcome: string; readonly isStale: boolean }> => {
    const { promise, resolve } = Promise.withResolvers<{ outcome: string; isStale: boolean }>();
    const { signal, onText, skewSeconds = 0 } = options;
    const headers = signedHeaders(host, key, { ...body, skewSeconds });
    const message = request(
      { hostname, port, method: "POST", path: "/", agent, headers, ...(signal && { signal }) },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on("data", (chunk: Buffer) => chunks.push(chunk));
        answer.on("error", (error) =>
          resolve({ outcome: `lost ${codeOf(error)}`, isStale: false }),
        );
        answer.on("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          onText?.(text);
          resolve({ outcome: outcomeIn(text), isStale: false });
        });
      },
    );
    message.on("error", (error) => {
      const isStale = message.reusedSocket && ["ECONNRESET", "EPIPE"].includes(codeOf(error));
      resolve({ outcome: failure(error, options.signal), isStale });
    });
    message.end(body.bytes);
    return promise;
  };
  return {
    async call(body, options = {}) {
      const { outcome, isStale } = await attempt(body, options);
      // The server closed a kept connection just then; every HTTP client sends such a call again.
      return isStale ? (await attempt(body, options)).outcome : outcome;
    },
    [Symbol.dispose]: () => agent.destroy(),
  };
}

function codeOf(error: Error): string {
  return (error as NodeJS.ErrnoException).code ?? error.name;
}

function failure(error: Error, signal: AbortSignal | undefined): string {
  if (signal?.aborted) return "gone";
  return codeOf(error) === "ECONNREFUSED" ? "refused" : `lost ${codeOf(error)}`;
}

function outcomeIn(text: string): string {
  // Answers are up to 27 MB; what decides is at their beginning.
  return /^\{"Response":\{"Error":\{"Code":"([\w.]+)"/.exec(text)?.[1] ?? successIn(text);
}

function successIn(text: string): string {
  return text.startsWith('{"Response":{') && text.includes('"RequestId"') ? OK : "lost no envelope";
}

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac("sha256", key).update(text).digest();

/** Signs a FuseFaceUltra call of a client whose clock is wrong by `skewSeconds`. */
export function signedHeaders(
  host: string,
  key: ClientKey,
  { bytes, sha256, skewSeconds = 0 }: PreparedBody & { readonly skewSeconds?: number },
): Readonly<Record<string, string | number>> {
  const seconds = Math.floor(Date.now() / 1000) + skewSeconds;
  const date = new Date(seconds * 1000).toISOString().slice(0, 10);
  const scope = `${date}/facefusion/tc3_request`;
  const type = "application/json";
  const canonical = `POST\n/\n\ncontent-type:${type}\nhost:${host}\n\ncontent-type;host\n${sha256}`;
  const digest = createHash("sha256").update(canonical).digest("hex");
  const signingKey = ["facefusion", "tc3_request"].reduce(hmac, hmac(`TC3${key.secretKey}`, date));
  const signature = hmac(signingKey, `TC3-HMAC-SHA256\n${seconds}\n${scope}\n${digest}`);
  return {
    "Content-Type": type,
    "Content-Length": bytes.length,
    "X-TC-Action": "FuseFaceUltra",
    "X-TC-Version": "2022-09-27",
    "X-TC-Timestamp": seconds,
    "X-TC-Region": "ap-guangzhou",
    Authorization: `TC3-HMAC-SHA256 Credential=${key.secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature.toString("hex")}`,
  };
}
