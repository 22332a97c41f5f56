import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { AppError } from "../base/app-error.ts";
import { malformedRequest } from "../protocol/errors.ts";

/** Limits of request bodies. */
export interface BodyLimits {
  readonly maxBodyBytes: number;
  /** Of all bodies together, until {@link BodyReader.release}. */
  readonly maxBodyBytesInFlight: number;
}

/** A body and its digest. */
export interface ReadBody {
  readonly bytes: Buffer;
  /** Hex SHA-256 of the bytes, counted while they arrived: a large body hashed at once would hold the event loop. */
  readonly sha256: string;
}

/** Reads bodies whole and keeps count of all that are in memory. */
export interface BodyReader {
  /** Throws `request-too-large` when the caller announces more than is taken. */
  checkClaim(message: IncomingMessage): void;
  /**
   * Reads a body. Throws `request-too-large`, `overloaded` (too many bodies in memory), `malformed-request` (the
   * body stops or trickles).
   */
  read(message: IncomingMessage): Promise<ReadBody>;
  /** To be called once the answer is out. */
  release(message: IncomingMessage): void;
}

/** A client that sends nothing for this long is gone. */
const IDLE_MS = 10_000;
/** After this long, less than the rate below is a client that holds memory on purpose. */
const SLOW_START_MS = 5_000;
const MIN_BYTES_PER_SECOND = 64 * 1024;
const CHECK_MS = 1_000;
/** How long the rest of a refused body is still read. */
const LINGER_MS = 10_000;

/** Makes a reader for one server. */
export function createBodyReader(limits: BodyLimits): BodyReader {
  const held = new Map<IncomingMessage, number>();
  let total = 0;
  const hold = (message: IncomingMessage, bytes: number): void => {
    held.set(message, (held.get(message) ?? 0) + bytes);
    total += bytes;
    if (held.get(message)! > limits.maxBodyBytes) {
      throw new AppError("request-too-large", "The body is too large.");
    }
    if (total > limits.maxBodyBytesInFlight) {
      throw new AppError("overloaded", "Too many bodies are in memory.", {
        details: { bound: "body" },
      });
    }
  };
  return {
    checkClaim(message) {
      const claimed = Number(message.headers["content-length"] ?? 0);
      if (claimed > limits.maxBodyBytes) {
        throw new AppError("request-too-large", "The body is too large.");
      }
    },
    read: (message) => collect(message, (bytes) => hold(message, bytes)),
    release(message) {
      total -= held.get(message) ?? 0;
      held.delete(message);
    },
  };
}

function collect(message: IncomingMessage, hold: (bytes: number) => void): Promise<ReadBody> {
  const { promise, resolve, reject } = Promise.withResolvers<ReadBody>();
  const chunks: Buffer[] = [];
  const hash = createHash("sha256");
  const startedMs = performance.now();
  let received = 0;
  let lastMs = startedMs;
  const watch = setInterval(() => {
    const nowMs = performance.now();
    const seconds = (nowMs - startedMs - SLOW_START_MS) / 1000;
    if (nowMs - lastMs > IDLE_MS || received < seconds * MIN_BYTES_PER_SECOND) {
      fail(malformedRequest("The body arrives too slowly."));
    }
  }, CHECK_MS);
  const take = (chunk: Buffer): void => {
    received += chunk.length;
    lastMs = performance.now();
    try {
      hold(chunk.length);
      chunks.push(chunk);
      hash.update(chunk);
    } catch (error) {
      fail(error);
    }
  };
  const fail = (error: unknown): void => {
    chunks.length = 0;
    message.off("data", take);
    // Nobody reads on, but the rest must flow for the client to see the answer.
    message.resume();
    reject(error);
  };
  const gone = (cause?: unknown): void =>
    fail(new AppError("cancelled", "The caller went away within the body.", { cause }));
  message.on("data", take);
  message.once("end", () => resolve({ bytes: Buffer.concat(chunks), sha256: hash.digest("hex") }));
  message.once("error", gone);
  message.once("aborted", gone);
  return promise.finally(() => clearInterval(watch));
}

/** Whoever goes on sending a body that has been refused has had time to read so; it would hold a connection for nothing. */
export function endSoon(message: IncomingMessage): void {
  setTimeout(() => {
    if (!message.complete) message.destroy();
  }, LINGER_MS).unref();
}
